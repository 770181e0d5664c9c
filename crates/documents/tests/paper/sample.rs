//! Papers to measure.

use std::sync::OnceLock;

use bihuan_documents::paper::{DocumentNumber, Fonts, Paper, Printed, State};
use bihuan_domain::paper::{Block, Blocks, Layout};
use jiff::civil::date;

pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::installed().unwrap())
}

pub(crate) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

pub(crate) fn notice() -> Paper {
    Paper {
        layout: Layout::Document,
        mark: "荥阳市人民政府督查室文件".to_owned(),
        number: DocumentNumber { word: "荥政督".to_owned(), year: 2026, serial: Some(7) },
        signer: None,
        haste: None,
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        addressees: "市政设施所".to_owned(),
        body: Blocks(vec![
            paragraph(
                "2026年11月10日，我室依据年度监督检查计划第6项，采取实地查看、查阅台账的方式，\
                 对你单位城区井盖管护情况进行了检查，发现问题2个。现将有关情况通知如下：",
            ),
            heading(1, "一、存在问题"),
            Block::Table {
                columns: ["序号", "问题事实", "依据条款"].map(str::to_owned).to_vec(),
                rows: vec![
                    ["1", "路口东侧雨水井盖破损，未围挡", "《城市道路管理条例》第二十三条"]
                        .map(str::to_owned)
                        .to_vec(),
                    ["2", "井盖巡查台账缺少三日记录", "本市井盖管护办法（示例）"]
                        .map(str::to_owned)
                        .to_vec(),
                ],
            },
            heading(2, "（一）整改要求"),
            paragraph("更换破损井盖，补齐巡查记录，对同一路段的井盖全面检查一遍。"),
            heading(3, "1.整改期限"),
            paragraph("以上问题应当于2026年12月10日前整改到位。"),
        ]),
        attachments: vec!["问题清单".to_owned(), "送达回执".to_owned()],
        issuer: "荥阳市人民政府督查室".to_owned(),
        date: Some(date(2026, 11, 12)),
        sealed: true,
        note: Some("联系人：督查室值班人员（示例）".to_owned()),
        copies: vec!["市城市管理局".to_owned(), "市纪委监委".to_owned()],
        printed: Some(Printed {
            office: "荥阳市人民政府督查室".to_owned(),
            date: date(2026, 11, 12),
        }),
        verification: Some("https://bihuan.example/papers/7f3a91c2d4e8b605".to_owned()),
        state: State::Issued,
    }
}

pub(crate) fn letter() -> Paper {
    Paper {
        layout: Layout::Letter,
        mark: "荥阳市人民政府督查室".to_owned(),
        printed: None,
        title: "关于商请协助迁移供电杆线的函".to_owned(),
        addressees: "国网荥阳市供电公司".to_owned(),
        ..notice()
    }
}

/// A body of nothing but full-width characters: `count` of them.
pub(crate) fn plain(count: usize) -> Blocks {
    Blocks(vec![paragraph(
        "督查整改通知事项核实办理".chars().cycle().take(count).collect::<String>(),
    )])
}
