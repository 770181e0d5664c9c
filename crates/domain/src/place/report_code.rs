//! The code a reporter keeps. Whoever has it can open the report, so it is 80
//! random bits, is compared as a whole and never appears in a debug print.

use std::fmt;

use super::crockford;

const BYTES: usize = 10;
const GROUP: usize = 4;

/// Sixteen base-32 characters, shown as `7K3M-9Q2X-4T8W-5R6N`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReportCode([u8; BYTES]);

/// Not sixteen characters of the alphabet, after normalising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a report code is 16 letters and digits")]
pub struct MalformedReportCode;

impl ReportCode {
    /// `random` must come from the operating system's generator.
    pub const fn from_random(random: [u8; BYTES]) -> Self {
        Self(random)
    }

    /// Takes what a person types: any case, spaces and hyphens anywhere, O for
    /// 0, I and L for 1.
    pub fn parse(typed: &str) -> Result<Self, MalformedReportCode> {
        let bytes = crockford::decode(typed).ok_or(MalformedReportCode)?;
        bytes.try_into().map(Self).map_err(|_| MalformedReportCode)
    }

    /// Without hyphens, as it stands in an address.
    pub fn compact(self) -> String {
        crockford::encode(&self.0)
    }

    /// For hashing before it is stored or looked up.
    pub const fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }
}

impl fmt::Display for ReportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, character) in self.compact().chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReportCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_shown_in_four_groups_of_four() {
        let code = ReportCode::from_random([0, 68, 50, 20, 199, 66, 84, 182, 53, 207]);
        assert_eq!(code.to_string(), "0123-4567-89AB-CDEF");
        assert_eq!(code.compact(), "0123456789ABCDEF");
    }

    #[test]
    fn what_a_person_types_is_normalised() {
        let code = ReportCode::parse("0123-4567-89AB-CDEF");
        assert!(code.is_ok());
        for typed in ["o123 4567 89ab cdef", "OL23456789ABCDEF", " 0i23－4567－89AB－cdef "] {
            assert_eq!(ReportCode::parse(typed), code, "{typed}");
        }
    }

    #[test]
    fn a_code_of_another_length_or_alphabet_is_refused() {
        for typed in ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEF-0", "0123-4567-89AB-CDEU"] {
            assert_eq!(ReportCode::parse(typed), Err(MalformedReportCode), "{typed}");
        }
    }

    #[test]
    fn a_debug_print_does_not_show_the_code() {
        let code = ReportCode::from_random([7; 10]);
        assert!(!format!("{code:?}").contains(&code.compact()));
    }

    proptest! {
        #[test]
        fn every_code_reads_back(random in any::<[u8; 10]>()) {
            let code = ReportCode::from_random(random);
            prop_assert_eq!(ReportCode::parse(&code.to_string()), Ok(code));
        }
    }
}
