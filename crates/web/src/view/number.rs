//! Numbers as they are written on the pages.

/// Thousands with a comma, and a real minus sign.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if number < 0 {
        out.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Any count a template may hold, by value or by reference.
pub trait Count {
    fn count(self) -> i64;
}

macro_rules! counts {
    ($($type:ty),*) => {$(
        impl Count for $type {
            fn count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

counts!(u8, u16, u32, u64, usize, i32, i64);

impl<T: Count + Copy> Count for &T {
    fn count(self) -> i64 {
        (*self).count()
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_separated_by_commas() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_284_306), "1,284,306");
    }

    #[test]
    fn a_negative_number_carries_the_minus_sign_and_not_a_hyphen() {
        assert_eq!(grouped(-1_200), "\u{2212}1,200");
    }
}
