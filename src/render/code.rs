//! Code blocks → HTML with their syntax in classes.
//!
//! A class says what a run of text is, never how it looks. There are few of them, each of one letter, and runs of one
//! class are one element, so that a block stays about twice its size:
//!
//! | class | what | class | what |
//! |---|---|---|---|
//! | `k` | keyword, storage | `g` | tag |
//! | `o` | operator | `a` | attribute |
//! | `s` | string | `d` | annotation, preprocessor |
//! | `e` | escape in a string | `y` | key, property |
//! | `r` | regular expression | `h` | heading |
//! | `c` | comment | `b` | strong |
//! | `n` | number | `i` | emphasis |
//! | `l` | `true`, `null` and the like | `u` | address |
//! | `x` | other constant | `p` | inserted line |
//! | `f` | function | `q` | deleted line |
//! | `t` | type | `w` | error |
//! | `m` | macro | `v` | parameter, `self` and the like |
//!
//! The grammars are loaded when the first block in a known language is met: a dossier without code never pays for them.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::escape::{escape, escape_into};

/// Blocks of more bytes are not classed: grammars are slow, and nobody reads so much code in an essay.
const LONGEST_BLOCK: usize = 100_000;

/// Blocks with a line of more bytes are not classed: such a line is minified, and takes a grammar seconds.
const LONGEST_LINE: usize = 2_000;

/// A code block's text as HTML with classes, without the `<pre>` around it; escaped text where `language` is unknown.
pub fn highlight(code: &str, language: &str) -> String {
    let fits = code.len() <= LONGEST_BLOCK && code.lines().all(|line| line.len() <= LONGEST_LINE);
    grammar_name(language).filter(|_| fits).and_then(|name| classed(code, name)).unwrap_or_else(|| escape(code))
}

/// The name of the grammar for the word after a fence, whatever its case; none where there is no grammar for it.
fn grammar_name(language: &str) -> Option<&'static str> {
    let word = language.to_ascii_lowercase();
    let at = LANGUAGES.binary_search_by_key(&word.as_str(), |&(known, _)| known).ok()?;
    Some(LANGUAGES[at].1)
}

/// The code with its runs in classes; none where the grammar fails on it.
fn classed(code: &str, grammar: &str) -> Option<String> {
    let Grammars { set, rules } = &*GRAMMARS;
    let mut state = ParseState::new(set.find_syntax_by_name(grammar)?);
    let mut stack = ScopeStack::new();
    let mut runs = Runs { html: String::with_capacity(code.len() * 2), class: "", run: String::new() };
    for line in code.split_inclusive('\n') {
        let mut start = 0;
        for (at, change) in state.parse_line(line, set).ok()? {
            // A change past the line's end, or inside a character, would be the grammar's own mistake.
            runs.push(line.get(start..at)?, || class_of(&stack, rules));
            start = at;
            stack.apply(&change).ok()?;
        }
        runs.push(line.get(start..)?, || class_of(&stack, rules));
    }
    runs.flush();
    Some(runs.html)
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack, rules: &[(Scope, &'static str)]) -> &'static str {
    let class = |scope: &Scope| rules.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|&(_, class)| class);
    stack.as_slice().iter().rev().find_map(class).unwrap_or("")
}

/// Text with classes, neighbours of one class joined.
struct Runs {
    html: String,
    class: &'static str,
    run: String,
}

impl Runs {
    /// Adds a piece of text. White space goes with what is before it, as it looks the same in every class.
    fn push(&mut self, text: &str, class: impl Fn() -> &'static str) {
        if !text.trim().is_empty() {
            let class = class();
            if class != self.class {
                self.flush();
                self.class = class;
            }
        }
        self.run.push_str(text);
    }

    fn flush(&mut self) {
        let words = self.run.trim_end();
        if self.class.is_empty() || words.is_empty() {
            escape_into(&mut self.html, &self.run);
        } else {
            self.html.push_str("<span class=");
            self.html.push_str(self.class);
            self.html.push('>');
            escape_into(&mut self.html, words);
            self.html.push_str("</span>");
            self.html.push_str(&self.run[words.len()..]);
        }
        self.run.clear();
    }
}

struct Grammars {
    set: SyntaxSet,
    rules: Vec<(Scope, &'static str)>,
}

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars {
    set: SyntaxSet::load_defaults_newlines(),
    rules: SCOPES.iter().filter_map(|&(scope, class)| Some((Scope::new(scope).ok()?, class))).collect(),
});

/// Scopes of the TextMate naming conventions and their classes: the first prefix that fits decides.
const SCOPES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("constant.character.escape", "e"),
    ("constant.language", "l"),
    ("constant.numeric", "n"),
    ("constant", "x"),
    ("entity.name.function", "f"),
    ("entity.name.macro", "m"),
    ("entity.name.section", "h"),
    ("entity.name.tag", "g"),
    ("entity.name", "t"),
    ("entity.other.attribute-name", "a"),
    ("entity.other.inherited-class", "t"),
    ("invalid", "w"),
    ("keyword.control.import.include", "d"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("markup.bold", "b"),
    ("markup.deleted", "q"),
    ("markup.heading", "h"),
    ("markup.inserted", "p"),
    ("markup.italic", "i"),
    ("markup.raw", "s"),
    ("markup.underline.link", "u"),
    ("meta.annotation", "d"),
    ("meta.preprocessor", "d"),
    ("storage", "k"),
    ("string.regexp", "r"),
    ("string", "s"),
    ("support.function", "f"),
    ("support.macro", "m"),
    ("support.type.property-name", "y"),
    ("support", "t"),
    ("variable.annotation", "d"),
    ("variable.function", "f"),
    ("variable.language", "v"),
    ("variable.parameter", "v"),
];

/// What people write after a fence, sorted, and the grammar's name. Kept apart from the grammars themselves, so that an
/// unknown word does not load them.
const LANGUAGES: &[(&str, &str)] = &[
    ("actionscript", "ActionScript"),
    ("applescript", "AppleScript"),
    ("asp", "ASP"),
    ("bash", "Bourne Again Shell (bash)"),
    ("bat", "Batch File"),
    ("batch", "Batch File"),
    ("bib", "BibTeX"),
    ("bibtex", "BibTeX"),
    ("c", "C"),
    ("c#", "C#"),
    ("c++", "C++"),
    ("cc", "C++"),
    ("clj", "Clojure"),
    ("clojure", "Clojure"),
    ("cmd", "Batch File"),
    ("cpp", "C++"),
    ("cs", "C#"),
    ("csharp", "C#"),
    ("css", "CSS"),
    ("cxx", "C++"),
    ("d", "D"),
    ("diff", "Diff"),
    ("dot", "Graphviz (DOT)"),
    ("el", "Lisp"),
    ("elisp", "Lisp"),
    ("erb", "HTML (Rails)"),
    ("erl", "Erlang"),
    ("erlang", "Erlang"),
    ("go", "Go"),
    ("golang", "Go"),
    ("gradle", "Groovy"),
    ("graphviz", "Graphviz (DOT)"),
    ("groovy", "Groovy"),
    ("h", "C"),
    ("haml", "Ruby Haml"),
    ("haskell", "Haskell"),
    ("hpp", "C++"),
    ("hs", "Haskell"),
    ("htm", "HTML"),
    ("html", "HTML"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("js", "JavaScript"),
    ("json", "JSON"),
    ("jsp", "Java Server Page (JSP)"),
    ("latex", "LaTeX"),
    ("lisp", "Lisp"),
    ("lua", "Lua"),
    ("make", "Makefile"),
    ("makefile", "Makefile"),
    ("markdown", "Markdown"),
    ("matlab", "MATLAB"),
    ("md", "Markdown"),
    ("mk", "Makefile"),
    ("ml", "OCaml"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("objective-c++", "Objective-C++"),
    ("ocaml", "OCaml"),
    ("pas", "Pascal"),
    ("pascal", "Pascal"),
    ("patch", "Diff"),
    ("perl", "Perl"),
    ("php", "PHP"),
    ("pl", "Perl"),
    ("properties", "Java Properties"),
    ("py", "Python"),
    ("python", "Python"),
    ("python3", "Python"),
    ("r", "R"),
    ("rb", "Ruby"),
    ("regex", "Regular Expression"),
    ("restructuredtext", "reStructuredText"),
    ("rs", "Rust"),
    ("rst", "reStructuredText"),
    ("ruby", "Ruby"),
    ("rust", "Rust"),
    ("scala", "Scala"),
    ("scheme", "Lisp"),
    ("scm", "Lisp"),
    ("sh", "Bourne Again Shell (bash)"),
    ("shell", "Bourne Again Shell (bash)"),
    ("sql", "SQL"),
    ("svg", "XML"),
    ("tcl", "Tcl"),
    ("tex", "LaTeX"),
    ("textile", "Textile"),
    ("xhtml", "HTML"),
    ("xml", "XML"),
    ("yaml", "YAML"),
    ("yml", "YAML"),
    ("zsh", "Bourne Again Shell (bash)"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The text of HTML made of nothing but spans and the four character references.
    fn text_of(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            text.push_str(&rest[..open]);
            rest = &rest[open + rest[open..].find('>').unwrap() + 1..];
        }
        text.push_str(rest);
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn languages_are_sorted_and_have_a_grammar() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.0 < b.0));
        for (word, grammar) in LANGUAGES {
            assert_eq!(*word, word.to_ascii_lowercase());
            assert!(GRAMMARS.set.find_syntax_by_name(grammar).is_some(), "{grammar}");
        }
    }

    #[test]
    fn every_scope_is_well_formed_and_every_class_is_in_the_table_above() {
        assert_eq!(GRAMMARS.rules.len(), SCOPES.len());
        let documented: BTreeSet<&str> = include_str!("code.rs")
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .flat_map(|line| line.split('|').map(str::trim))
            .filter_map(|cell| cell.strip_prefix('`')?.strip_suffix('`'))
            .filter(|class| class.len() == 1)
            .collect();
        assert_eq!(documented, SCOPES.iter().map(|&(_, class)| class).collect());
    }

    #[test]
    fn syntax_is_classed_and_neighbours_are_joined() {
        assert_eq!(
            highlight("let a = 12; // <b>\n", "Rust"),
            "<span class=k>let</span> a <span class=o>=</span> <span class=n>12</span>; \
             <span class=c>// &lt;b&gt;</span>\n"
        );
        assert_eq!(highlight("\"a \\n b\"", "json").matches("class=e").count(), 1);
        assert!(highlight("def f(a):\n    return None\n", "python").contains("<span class=f>f</span>"));
    }

    #[test]
    fn an_unknown_language_is_plain_text() {
        assert_eq!(highlight("let a = \"<\";", "klingon"), "let a = &quot;&lt;&quot;;");
        assert_eq!(highlight("let a = 1;", ""), "let a = 1;");
    }

    #[test]
    fn what_is_too_long_is_plain_text() {
        let line = format!("let a = \"{}\";", "x".repeat(LONGEST_LINE));
        assert_eq!(text_of(&highlight(&line, "rust")), line);
        assert!(!highlight(&line, "rust").contains("<span"));
        let block = "let a = 1;\n".repeat(LONGEST_BLOCK / 11 + 1);
        assert_eq!(highlight(&block, "rust"), block);
    }

    #[test]
    fn a_block_of_35_lines_stays_small() {
        let code: String =
            include_str!("code.rs").lines().skip(30).take(35).fold(String::new(), |code, line| code + line + "\n");
        let html = highlight(&code, "rust");
        assert!(html.len() < 10_000, "{} bytes", html.len());
        assert_eq!(text_of(&html), code);
    }

    #[test]
    fn every_grammar_reads_every_sample_whole() {
        let sample = "<?php // a\n# b\n/* c */ def f(x = 'é'): return \"\\u00e9\" + 0x1F;\n<a href=\"b\">{{c}}</a>\n\n---\n%w[$x]";
        for (word, _) in LANGUAGES {
            assert_eq!(text_of(&highlight(sample, word)), sample, "{word}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_is_lost(code in "[a-z<>&\"'{}()/*#\\\\ \n\té]{0,200}", language in 0..LANGUAGES.len()) {
            prop_assert_eq!(text_of(&highlight(&code, LANGUAGES[language].0)), code);
        }
    }
}
