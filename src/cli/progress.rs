//! How far a long build is: an [`Observer`] that draws one line on a terminal, and takes it away at the end.
//!
//! A build that is done sooner than one would ask shows nothing. Nothing else may be printed while the line is there.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::observe::{Observer, Stage};
use crate::site::Page;

/// How long a build shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is drawn anew.
const PACE: Duration = Duration::from_millis(100);

/// A line that says how far a build is; gone when this is dropped.
pub(super) struct Progress {
    line: ProgressBar,
    /// Dropped when the build is over.
    stop: Option<Sender<()>>,
    appears: Option<JoinHandle<()>>,
}

impl Progress {
    /// One that appears on standard error, which is a terminal, if the build takes long.
    pub(super) fn start() -> Self {
        Self::after(PATIENCE, ProgressDrawTarget::stderr)
    }

    fn after(patience: Duration, target: impl FnOnce() -> ProgressDrawTarget + Send + 'static) -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        line.set_style(style(STAGE));
        let (stop, stopped) = mpsc::channel::<()>();
        let shown = line.clone();
        let appears = thread::spawn(move || {
            if stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(target());
                shown.enable_steady_tick(PACE);
            }
        });
        Self { line, stop: Some(stop), appears: Some(appears) }
    }
}

impl Observer for Progress {
    fn begins(&self, stage: Stage) {
        // What is drawn between two of these steps must be short, too.
        self.line.set_style(style(STAGE));
        self.line.set_message(message(stage));
        if let Stage::Pages(count) = stage {
            self.line.set_length(count as u64);
            self.line.set_position(0);
            self.line.reset_eta();
            self.line.set_style(style(PAGES));
        }
    }

    fn done(&self, _: &[Page]) {
        self.line.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // First nobody may be left who could draw it again.
        drop(self.stop.take());
        let _ = self.appears.take().map(JoinHandle::join);
        self.line.finish_and_clear();
    }
}

/// The line where nobody knows how much there is to do.
const STAGE: &str = "{msg} ({elapsed})";

/// The line while pages are made.
const PAGES: &str = "{msg} [{wide_bar}] {human_pos} of {human_len} pages, {eta} left";

fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}

fn message(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Reading",
        Stage::Compare => "Looking for changes",
        Stage::Parse => "Parsing",
        Stage::Resolve => "Looking up quotations and references",
        Stage::Plan => "Planning the site",
        Stage::Withheld => "Looking for withheld words",
        Stage::Pages(_) => "Rendering",
        Stage::Search => "Making the search index",
        Stage::Copy => "Copying files",
        Stage::Commit => "Putting files into their places",
        Stage::Remember => "Keeping what the next build is to know",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;

    /// A terminal of one line: what it has shown, and what stands there now.
    #[derive(Clone, Debug, Default)]
    struct Terminal {
        seen: Arc<Mutex<Vec<String>>>,
    }

    impl Terminal {
        fn seen(&self) -> Vec<String> {
            self.seen.lock().expect("nobody fails with it").clone()
        }

        fn put(&self, text: &str) -> io::Result<()> {
            self.seen.lock().expect("nobody fails with it").push(text.trim_end().to_owned());
            Ok(())
        }

        fn wait_for(&self, words: &str) {
            let has = |line: &String| line.contains(words);
            for _ in 0..500 {
                if self.seen().iter().any(has) {
                    return;
                }
                thread::sleep(Duration::from_millis(10));
            }
            panic!("`{words}` was not shown: {:?}", self.seen());
        }
    }

    impl TermLike for Terminal {
        fn width(&self) -> u16 {
            100
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.put(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.put(text)
        }
        fn clear_line(&self) -> io::Result<()> {
            self.put("")
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn progress(terminal: &Terminal, patience: Duration) -> Progress {
        let terminal = terminal.clone();
        Progress::after(patience, move || ProgressDrawTarget::term_like(Box::new(terminal)))
    }

    #[test]
    fn a_long_build_says_what_it_does_and_how_much_is_left() {
        let terminal = Terminal::default();
        let progress = progress(&terminal, Duration::ZERO);
        progress.begins(Stage::Resolve);
        terminal.wait_for("Looking up quotations and references (");
        progress.begins(Stage::Pages(1200));
        (0..900).for_each(|_| progress.done(&[]));
        terminal.wait_for("Rendering [=======");
        terminal.wait_for("] 900 of 1,200 pages, ");
        progress.begins(Stage::Commit);
        terminal.wait_for("Putting files into their places (");
        drop(progress);
        let seen = terminal.seen();
        assert_eq!(seen.last().map(String::as_str), Some(""), "the line is left: {seen:?}");
        thread::sleep(3 * PACE);
        assert_eq!(terminal.seen(), seen, "something was drawn after the end");
    }

    #[test]
    fn a_short_build_shows_nothing() {
        let terminal = Terminal::default();
        let progress = progress(&terminal, Duration::from_secs(60));
        progress.begins(Stage::Pages(2));
        progress.done(&[]);
        drop(progress);
        assert_eq!(terminal.seen(), Vec::<String>::new());
    }
}
