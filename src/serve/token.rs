//! The secret of one run of the preview, which only its own pages have.

use std::fmt::Write;

use crate::failure::Failure;

/// 128 random bits in hexadecimal digits.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub(super) fn new() -> Result<Self, Failure> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| Failure::new(format!("cannot make a secret: {error}")))?;
        let mut token = String::with_capacity(32);
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(token, "{byte:02x}");
        }
        Ok(Self(token))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A name for the run that does not give the secret away.
    pub(super) fn run(&self) -> String {
        blake3::hash(self.0.as_bytes()).to_hex()[..8].to_owned()
    }

    /// Whether that is the token; how long the answer takes says nothing of it.
    pub(super) fn is(&self, other: &[u8]) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(other)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_run_has_its_own() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.as_str().len(), 32);
        assert_ne!(one.as_str(), other.as_str());
        assert!(one.is(one.as_str().as_bytes()) && !one.is(other.as_str().as_bytes()) && !one.is(b""));
    }
}
