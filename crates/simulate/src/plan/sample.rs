//! The report a newcomer is shown first: lamps out on 柳园路, with duplicates,
//! a pause and an extension, so that "why this date" has something to tell.

use bihuan_app::commands::Reporter;
use bihuan_domain::calendar::start_of_day;
use bihuan_domain::clock::Lamp;
use bihuan_domain::ids::{GridCode, ItemCode, PlaceId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Source, Urgency};

use super::course::Course;
use super::{Deed, Filing, Life, Planner, Proof, Shot};
use crate::cast::Who;
use crate::scene::Subject;

const WORDS: &str =
    "柳园路南段晚上一片黑，从康泰街口往南连着五盏路灯都不亮，放学的孩子骑车过去看不清路。";
const ADDRESS: &str = "柳园路康泰街口向南60米";
const PLACE: &str = "LD-0417";
const EVENING_MINUTES: i64 = 20 * 60 + 16;
const DUPLICATES: usize = 2;

impl Life {
    pub(crate) fn is_sample(&self) -> bool {
        self.filing.words == WORDS
    }
}

impl Planner<'_> {
    /// Filed as few days ago as leave room for all of it.
    pub(super) fn sample(&mut self) -> Option<Life> {
        for lamps in [&[Lamp::OnTrack][..], &[Lamp::OnTrack, Lamp::DueSoon]] {
            for days in 3..16 {
                let at = start_of_day(self.now.date()).plus_days(-days);
                let life = self.sample_filed(at.plus_minutes(EVENING_MINUTES), lamps);
                if life.is_some() {
                    return life;
                }
            }
        }
        None
    }

    fn sample_filed(&mut self, at: Instant, lamps: &[Lamp]) -> Option<Life> {
        let code = ItemCode::new("lamp-out");
        let item = self.playbook.items.get(&code)?;
        let grid = GridCode::new("01-014-07");
        let place = PlaceId::new(PLACE);
        let known = self.playbook.places.iter().find(|known| known.id == place);
        let position = known.and_then(|known| known.position);
        let filing = Filing {
            who: Who::Reporter,
            source: Source::Snapshot,
            item: None,
            words: WORDS.to_owned(),
            address: ADDRESS.to_owned(),
            grid: Some(grid),
            place: Some(place),
            position,
            reporter: Reporter {
                name: Some("李女士（示例）".to_owned()),
                phone: Some("10000009316".to_owned()),
            },
            confidential: false,
            photo: Some(Shot { subject: Subject::Lamp, fixed: false, which: 0 }),
            ..self.filing(at, &code, Source::Snapshot)
        };
        let mut course = Course::new(self, filing, item);
        course.tell_sample();
        let now = course.planner.now;
        let fits = course.at() < now && lamps.contains(&course.due().lamp(now));
        fits.then(|| course.life())
    }

    /// Two more people report the same lamps.
    pub(super) fn add_sample_duplicates(&mut self, lives: &mut Vec<Life>) {
        let Some(into) = lives.iter().position(Life::is_sample) else { return };
        let mut added = 0;
        for _ in 0..200 {
            let Some(duplicate) = lives.get(into).and_then(|life| self.duplicate(life, into))
            else {
                continue;
            };
            lives.push(duplicate);
            added += 1;
            if added == DUPLICATES {
                return;
            }
        }
    }
}

impl Course<'_, '_> {
    fn tell_sample(&mut self) {
        let lighting = UnitCode::new("lighting");
        let handler = || Who::Handler(lighting.clone());
        let power = vec![UnitCode::new("power")];
        self.set_urgency(Urgency::Major);
        self.accept();
        self.office(6, 14);
        let note = "主办市城市照明中心，协办市供电公司。".to_owned();
        self.push(Who::Triage(0), Deed::Dispatch { lead: lighting.clone(), co: power, note });
        self.office(30, 45);
        self.push(handler(), Deed::Sign);
        self.signed_now();
        self.office(60, 110);
        let note = "到场查明：三盏为线路断开，两盏灯杆底座锈蚀。".to_owned();
        let seen = Shot { subject: Subject::Lamp, fixed: false, which: 1 };
        let proof = Proof { shots: vec![seen], documents: 0 };
        self.push(handler(), Deed::Act { note, proof });
        self.office(60, 120);
        self.pause("等市供电公司停电作业许可。");
        self.office(400, 460);
        self.go_on("停电作业许可已办妥。");
        self.office(30, 60);
        let Some(by) = self.possible_extension() else {
            self.give_up();
            return;
        };
        let reason =
            "两根灯杆底座锈蚀，须整杆更换，厂家后天发到，安装并夜间试灯；其余三盏今晚送电。";
        self.push(handler(), Deed::asked_for_handling(by, reason));
        self.office(60, 90);
        let reason = "同意延期。请在明天17:30前向反映人说明原因和新时限。".to_owned();
        let head = Who::Head(UnitCode::new("urban-management"));
        self.push(head, Deed::Extend { approve: true, reason });
        self.extended(by);
    }
}
