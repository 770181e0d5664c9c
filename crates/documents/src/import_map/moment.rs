//! Reading dates of another place: its forms, its time zone, its clock changes.

use bihuan_domain::instant::Instant;
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// Stands in a map's `dates` for the day number of Excel (45 000 is
/// 2023-03-15), which a workbook gives where a cell was not set as a date.
pub(super) const EXCEL_SERIAL: &str = "excel-serial";

/// Days from Excel's zero to 1970-01-01, from March 1900 on.
const EXCEL_EPOCH_DAYS: f64 = 25_569.0;

/// No register of a living system is older, and none plans further: what lies
/// outside is a slip such as `0201-03-04`.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// What a reading means that the clocks of the place showed twice (turned back)
/// or never (turned forward).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockChange {
    /// Twice: the first time. Never: as if the clocks had not been turned yet,
    /// so 02:30 becomes 03:30. What calendars and mail programs do.
    #[default]
    Compatible,
    Earlier,
    Later,
    Reject,
}

/// What a date without a time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayMeans {
    Beginning,
    /// Something due on a day may be done until the end of it.
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Moments {
    pub(super) zone: TimeZone,
    pub(super) forms: Vec<String>,
    pub(super) clock_change: ClockChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) at: Instant,
    /// The clocks of the place showed this twice or never.
    pub(super) clock_change: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MomentFault {
    /// None of the map's forms.
    OtherForm,
    /// The form is right and there is no such day or time.
    NoSuchDay,
    YearOutOfRange,
    ClockChange,
}

impl Moments {
    pub(super) fn read(&self, text: &str, day_means: DayMeans) -> Result<Moment, MomentFault> {
        let mut fault = MomentFault::OtherForm;
        for form in &self.forms {
            match civil(form, text, day_means) {
                Ok(civil) => return self.moment(civil),
                Err(MomentFault::OtherForm) => {}
                Err(other) => fault = other,
            }
        }
        Err(fault)
    }

    fn moment(&self, civil: DateTime) -> Result<Moment, MomentFault> {
        if !YEARS.contains(&civil.year()) {
            return Err(MomentFault::YearOutOfRange);
        }
        let reading = self.zone.to_ambiguous_timestamp(civil);
        let clock_change = !matches!(reading.offset(), AmbiguousOffset::Unambiguous { .. });
        let timestamp = match self.clock_change {
            ClockChange::Compatible => reading.compatible(),
            ClockChange::Earlier => reading.earlier(),
            ClockChange::Later => reading.later(),
            ClockChange::Reject => reading.unambiguous(),
        };
        let timestamp = timestamp.map_err(|_| MomentFault::ClockChange)?;
        Ok(Moment { at: Instant::from_micros(timestamp.as_microsecond()), clock_change })
    }
}

fn civil(form: &str, text: &str, day_means: DayMeans) -> Result<DateTime, MomentFault> {
    if form == EXCEL_SERIAL {
        return excel_serial(text, day_means);
    }
    let parts = BrokenDownTime::parse(form, text).map_err(|_| MomentFault::OtherForm)?;
    let date = parts.to_date().map_err(|_| MomentFault::NoSuchDay)?;
    if parts.hour().is_none() {
        return Ok(date.to_datetime(day_means.time()));
    }
    let time = parts.to_time().map_err(|_| MomentFault::NoSuchDay)?;
    Ok(date.to_datetime(time))
}

fn excel_serial(text: &str, day_means: DayMeans) -> Result<DateTime, MomentFault> {
    let serial: f64 = text.parse().map_err(|_| MomentFault::OtherForm)?;
    // Day 60 is 29 February 1900, which never was; before it Excel is off by one.
    if !(61.0..=2_958_465.0).contains(&serial) {
        return Err(MomentFault::NoSuchDay);
    }
    let seconds = ((serial - EXCEL_EPOCH_DAYS) * 86_400.0).round() as i64;
    let at = jiff::Timestamp::from_second(seconds).map_err(|_| MomentFault::NoSuchDay)?;
    let civil = TimeZone::UTC.to_datetime(at);
    let whole_day = serial.fract() == 0.0;
    Ok(if whole_day { civil.date().to_datetime(day_means.time()) } else { civil })
}

impl DayMeans {
    const fn time(self) -> Time {
        match self {
            Self::Beginning => Time::midnight(),
            Self::End => Time::constant(23, 59, 59, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn boston(clock_change: ClockChange) -> Moments {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get("America/New_York").expect("zone");
        let forms = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d", "%Y年%m月%d日", EXCEL_SERIAL];
        Moments { zone, forms: forms.map(str::to_owned).to_vec(), clock_change }
    }

    fn utc(text: &str, clock_change: ClockChange) -> Result<DateTime, MomentFault> {
        let moment = boston(clock_change).read(text, DayMeans::Beginning)?;
        let timestamp = jiff::Timestamp::from_microsecond(moment.at.micros()).expect("in range");
        Ok(TimeZone::UTC.to_datetime(timestamp))
    }

    #[test]
    fn a_reading_is_taken_on_the_clock_of_the_place() {
        let winter = utc("2015-01-01 00:20:09", ClockChange::Compatible);
        assert_eq!(winter, Ok(datetime(2015, 1, 1, 5, 20, 9, 0)));
        let summer = utc("2015-06-01 00:20:09.5", ClockChange::Compatible);
        assert_eq!(summer, Ok(datetime(2015, 6, 1, 4, 20, 9, 500_000_000)));
    }

    #[test]
    fn a_reading_the_clocks_never_showed_is_read_as_the_map_says() {
        let skipped = "2015-03-08 02:30:00";
        let at = |hour| Ok(datetime(2015, 3, 8, hour, 30, 0, 0));
        assert_eq!(utc(skipped, ClockChange::Compatible), at(7), "03:30 summer time");
        assert_eq!(utc(skipped, ClockChange::Later), at(7));
        assert_eq!(utc(skipped, ClockChange::Earlier), at(6), "01:30 winter time");
        assert_eq!(utc(skipped, ClockChange::Reject), Err(MomentFault::ClockChange));
    }

    #[test]
    fn a_reading_the_clocks_showed_twice_is_read_as_the_map_says() {
        let twice = "2015-11-01 01:30:00";
        let at = |hour| Ok(datetime(2015, 11, 1, hour, 30, 0, 0));
        assert_eq!(utc(twice, ClockChange::Compatible), at(5), "still summer time");
        assert_eq!(utc(twice, ClockChange::Earlier), at(5));
        assert_eq!(utc(twice, ClockChange::Later), at(6));
        assert_eq!(utc(twice, ClockChange::Reject), Err(MomentFault::ClockChange));
    }

    #[test]
    fn only_readings_at_a_clock_change_are_marked() {
        let marked = |text| {
            let moment = boston(ClockChange::Compatible).read(text, DayMeans::Beginning);
            moment.expect("a moment").clock_change
        };
        assert!(marked("2015-03-08 02:30:00"));
        assert!(marked("2015-11-01 01:30:00"));
        assert!(!marked("2015-03-08 03:00:00"));
    }

    #[test]
    fn days_and_times_that_do_not_exist_are_faults() {
        let read = |text| utc(text, ClockChange::Compatible);
        assert_eq!(read("2015-02-30 10:00:00"), Err(MomentFault::NoSuchDay));
        assert_eq!(read("2015-02-29"), Err(MomentFault::NoSuchDay));
        assert_eq!(read("2015-13-01"), Err(MomentFault::OtherForm));
        assert_eq!(read("2015-01-01 25:00:00"), Err(MomentFault::OtherForm));
        assert_eq!(read("yesterday"), Err(MomentFault::OtherForm));
        assert_eq!(read("0201-03-04"), Err(MomentFault::YearOutOfRange));
        assert_eq!(read("9999-12-31"), Err(MomentFault::YearOutOfRange));
        assert_eq!(read("60"), Err(MomentFault::NoSuchDay));
    }

    #[test]
    fn chinese_dates_and_excel_serials_are_read_where_the_map_names_them() {
        assert_eq!(
            utc("2015年6月1日", ClockChange::Compatible),
            Ok(datetime(2015, 6, 1, 4, 0, 0, 0))
        );
        assert_eq!(utc("45000.5", ClockChange::Compatible), Ok(datetime(2023, 3, 15, 16, 0, 0, 0)));
    }

    #[test]
    fn a_due_day_lasts_until_its_end() {
        let moments = boston(ClockChange::Compatible);
        let begin = moments.read("2015-06-01", DayMeans::Beginning).expect("a moment").at;
        let end = moments.read("2015-06-01", DayMeans::End).expect("a moment").at;
        assert_eq!(end.micros() - begin.micros(), (86_400 - 1) * 1_000_000);
    }
}
