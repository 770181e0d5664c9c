//! Whatever is sent is read or refused.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

/// The same workbook with some bytes of its sheet exchanged: a whole archive
/// around a broken content, which no checksum gives away.
fn with_broken_sheet(workbook: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("entry");
        let name = entry.name().expect("name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("content");
        if name.ends_with("sheet1.xml") || name.ends_with("sharedStrings.xml") {
            for (place, byte) in changes {
                let place = place % content.len();
                content[place] = *byte;
            }
        }
        writer.start_file(name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(&content).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

fn sample() -> Vec<u8> {
    xlsx(|sheet| {
        let plain = rust_xlsxwriter::Format::new();
        write_row(sheet, 0, &["序号", "任务", "牵头单位", "完成时限"]);
        write_row(sheet, 1, &["1", "清理河道", "水利局", "2026-10-30"]);
        sheet.merge_range(2, 2, 3, 2, "水利局", &plain).expect("region");
        sheet.write(2, 3, 46_325).expect("cell");
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = try_read(&bytes);
        let mut archive = b"PK\x03\x04".to_vec();
        archive.extend_from_slice(&bytes);
        prop_assert!(try_read(&archive).is_err());
    }

    #[test]
    fn a_broken_workbook_is_read_or_refused(
        changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..6),
    ) {
        if let Ok(table) = try_read(&with_broken_sheet(&sample(), &changes)) {
            prop_assert!(table.drafts.len() <= task_table::MAX_TASKS);
        }
    }

    #[test]
    fn any_pasted_text_is_read_or_refused(
        text in "[任务牵头单位时限序号上级1-3.\t,\n\"（★秘密市水利局底年月日 ]{0,120}",
    ) {
        let read = try_paste(&text, &Mapping::default());
        for draft in read.iter().flat_map(|table| &table.drafts) {
            prop_assert_ne!(draft.parent_row, Some(draft.row));
        }
    }
}
