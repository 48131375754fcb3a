/* Buttons that copy a citation, or the address of a passage. Without this script all of it can be selected by hand. */
(function () {
  "use strict";

  var status;

  function copy(text) {
    if (!navigator.clipboard) { return copyByHand(text); }
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  // From a folder on disk some browsers have no clipboard but this one.
  function copyByHand(text) {
    return new Promise(function (resolve, reject) {
      var field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("readonly", "");
      field.className = "vh";
      document.body.appendChild(field);
      field.select();
      var done = document.execCommand("copy");
      field.remove();
      if (done) { resolve(); } else { reject(new Error("not copied")); }
    });
  }

  function say(text) {
    status.textContent = "";
    // A change is what is read out.
    window.setTimeout(function () { status.textContent = text; }, 50);
  }

  // What can be cited is the published address, wherever the page is read.
  function address(link) {
    var canonical = document.querySelector("link[rel=canonical]");
    return canonical ? new URL(link.getAttribute("href"), canonical.href).href : link.href;
  }

  function button(of) {
    var button = document.createElement("button");
    var word = of.localName === "a" ? "Copy link" : "Copy";
    button.type = "button";
    button.className = "copy";
    button.textContent = word;
    button.setAttribute("aria-label", word + ": " + name(of));
    button.addEventListener("click", function () {
      copy(of.localName === "a" ? address(of) : of.textContent).then(
        function () { button.textContent = "Copied"; say("Copied"); },
        function () { button.textContent = "Not copied: select it by hand"; say("Not copied"); }
      ).then(function () {
        window.setTimeout(function () { button.textContent = word; }, 2500);
      });
    });
    return button;
  }

  function name(of) {
    var form = of.closest("details");
    if (of.localName === "a") { return of.textContent; }
    return form ? form.querySelector("summary").textContent : "the citation";
  }

  document.querySelectorAll(".copyable").forEach(function (of) {
    of.after(button(of));
  });
  status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  document.body.appendChild(status);
})();
