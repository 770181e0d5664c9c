//! What people in the demo say. All of it is invented: streets, incidents and
//! people. `{at}` stands for where it is.

use crate::scene::Subject;

/// How an item is talked about.
pub(crate) struct Talk {
    pub(crate) item: &'static str,
    /// How often it is reported, against the others.
    pub(crate) weight: u32,
    pub(crate) subject: Subject,
    pub(crate) reports: [&'static str; 3],
}

const fn talk(
    item: &'static str,
    weight: u32,
    subject: Subject,
    reports: [&'static str; 3],
) -> Talk {
    Talk { item, weight, subject, reports }
}

pub(crate) const TALKS: &[Talk] = &[
    talk(
        "lamp-out",
        12,
        Subject::Lamp,
        [
            "{at}晚上一片黑，连着几盏路灯都不亮，放学的孩子骑车过去看不清路。",
            "{at}的路灯坏了有一个星期了，老人晚上散步不敢走。",
            "{at}路灯一闪一闪的，昨晚干脆全灭了，请来修一下。",
        ],
    ),
    talk(
        "road-damage",
        8,
        Subject::Road,
        [
            "{at}路面有个大坑，下雨积水看不见，昨天有人骑电动车摔了。",
            "{at}路面塌了一块，车都绕着走，早晚高峰堵得厉害。",
            "{at}修完管道以后路面没有恢复好，坑坑洼洼，颠得很。",
        ],
    ),
    talk(
        "pavement-damage",
        4,
        Subject::Road,
        [
            "{at}人行道地砖松了，下雨一踩溅一身泥水。",
            "{at}盲道断了一截，砖缺了好几块，推婴儿车过不去。",
            "{at}人行道被树根顶起来了，老人容易绊倒。",
        ],
    ),
    talk(
        "manhole-missing",
        5,
        Subject::Manhole,
        [
            "{at}有个井盖没了，只插了根树枝，晚上太危险。",
            "{at}井盖破了一半，车压过去哐哐响，怕人掉下去。",
            "{at}窨井盖移位，露出一条大缝，旁边就是幼儿园。",
        ],
    ),
    talk(
        "drain-blocked",
        4,
        Subject::Puddle,
        [
            "{at}雨水箅子被树叶堵死了，一下雨就成河。",
            "{at}下水道排水不畅，污水往外冒，味道很大。",
            "{at}雨水口被水泥块堵了，请疏通。",
        ],
    ),
    talk(
        "bridge-railing",
        1,
        Subject::Road,
        [
            "{at}桥上的护栏断了一截，下面就是河。",
            "{at}小桥栏杆松动，手一推就晃。",
            "{at}桥护栏锈断了，孩子爱在那儿玩，请尽快修。",
        ],
    ),
    talk(
        "bus-stop",
        2,
        Subject::Road,
        [
            "{at}公交站的站牌倒了，外地来的人找不到站。",
            "{at}候车亭顶棚破了，下雨没处躲。",
            "{at}公交站座椅坏了一半，老人没地方坐。",
        ],
    ),
    talk(
        "traffic-sign",
        3,
        Subject::Road,
        [
            "{at}路口红绿灯不亮了，早高峰乱成一团。",
            "{at}信号灯绿灯时间太短，老人走到一半就变红。",
            "{at}限速标志牌被树挡住了，看不见。",
        ],
    ),
    talk(
        "litter",
        10,
        Subject::Litter,
        [
            "{at}堆了一大片垃圾，几天没人扫，臭味很大。",
            "{at}空地上到处是塑料袋和剩饭，招苍蝇。",
            "{at}早市散了以后满地烂菜叶，没人打扫。",
        ],
    ),
    talk(
        "rubble",
        4,
        Subject::Litter,
        [
            "{at}夜里有人偷倒建筑垃圾，占了半条路。",
            "{at}渣土堆了好几车，一刮风全是灰。",
            "{at}装修垃圾倒在绿化带边上，半个月没人管。",
        ],
    ),
    talk(
        "bin-overflow",
        6,
        Subject::Litter,
        [
            "{at}垃圾桶满了溢出来，周围全是垃圾袋。",
            "{at}垃圾箱门坏了，野猫翻得满地都是。",
            "{at}原来有个垃圾桶，前几天不见了，大家就往地上扔。",
        ],
    ),
    talk(
        "public-toilet",
        2,
        Subject::Building,
        [
            "{at}公厕停水三天了，没法用。",
            "{at}公厕门锁坏了两个，地面一直有水。",
            "{at}公厕没人打扫，味道飘到街上。",
        ],
    ),
    talk(
        "street-stall",
        6,
        Subject::Vehicle,
        [
            "{at}流动摊贩占了半条路，车过不去。",
            "{at}水果店把货摆到人行道上，行人只能走快车道。",
            "{at}每天下午摆摊的把小区门口堵住了。",
        ],
    ),
    talk(
        "illegal-building",
        2,
        Subject::Building,
        [
            "{at}有人在楼顶加盖房子，砖都运上去了。",
            "{at}一楼住户把公共绿地围起来盖了小房。",
            "{at}楼道口搭了个铁皮棚，占了大家的通道。",
        ],
    ),
    talk(
        "vehicle-parking",
        6,
        Subject::Vehicle,
        [
            "{at}汽车停满了人行道，轮椅过不去。",
            "{at}共享单车堆得到处都是，盲道全占了。",
            "{at}每天有车堵在路口转角，公交车转不过来。",
        ],
    ),
    talk(
        "green-damage",
        3,
        Subject::Tree,
        [
            "{at}绿化带死了一大片，露着黄土。",
            "{at}花坛被踩出一条路，苗都没了。",
            "{at}草坪上堆了水泥和沙子，草都压死了。",
        ],
    ),
    talk(
        "fire-passage",
        4,
        Subject::Vehicle,
        [
            "{at}消防通道天天停着私家车，出了事救火车进不来。",
            "{at}小区消防通道被杂物堵了，反映过物业没有用。",
            "{at}有人在消防通道上装了地锁。",
        ],
    ),
    talk(
        "hydrant",
        2,
        Subject::Road,
        [
            "{at}消防栓被撞歪了，一直在漏水。",
            "{at}楼道里的灭火器过期三年了。",
            "{at}消防栓盖子没了，里面塞满垃圾。",
        ],
    ),
    talk(
        "ebike-charging",
        4,
        Subject::Building,
        [
            "{at}有人从楼上拉线给电动车充电，看着就害怕。",
            "{at}楼道里停了六七辆电动车，晚上都在充电。",
            "{at}充电桩坏了，大家只好推上楼充电。",
        ],
    ),
    talk(
        "loose-cable",
        3,
        Subject::Cable,
        [
            "{at}电线杆上的线垂下来了，大车一过就挂住。",
            "{at}通信线断了拖在地上，好几天没人收。",
            "{at}电杆歪了，看着要倒。",
        ],
    ),
    talk(
        "gas-smell",
        1,
        Subject::Building,
        [
            "{at}楼道里有燃气味，已经开窗了，请来人查一下。",
            "{at}路边井口有煤气味，路过都能闻到。",
            "{at}饭店后厨燃气味很重，说了也不改。",
        ],
    ),
    talk(
        "unsafe-house",
        2,
        Subject::Building,
        [
            "{at}有间老房子墙裂了大口子，里面还住着人。",
            "{at}临街老屋屋檐掉瓦，差点砸到人。",
            "{at}一处没人住的土房快塌了，旁边是孩子上学的路。",
        ],
    ),
    talk(
        "water-edge",
        2,
        Subject::Puddle,
        [
            "{at}河边没有护栏，夏天孩子爱去玩水。",
            "{at}水塘边警示牌倒了，没有救生圈。",
            "{at}新挖的沟没有围挡，里面水很深。",
        ],
    ),
    talk(
        "neighbour-dispute",
        3,
        Subject::Building,
        [
            "{at}邻居装修把水漏到我家，说了三次不管。",
            "{at}两家为了排水沟吵了半个月，请来调解。",
            "{at}邻居在公共过道堆东西，一说就吵。",
        ],
    ),
    talk(
        "land-dispute",
        2,
        Subject::Tree,
        [
            "{at}承包地界桩被人挪了，想请人量一量。",
            "{at}流转出去的地今年租金没给。",
            "{at}两家承包地边界不清，收麦时差点打起来。",
        ],
    ),
    talk(
        "wage-arrears",
        3,
        Subject::Building,
        [
            "{at}工地干了四个月，工钱只给了一半。",
            "{at}饭店关门了，欠我两个月工资。",
            "{at}装修队干完活老板不接电话，七个人的工钱没结。",
        ],
    ),
    talk(
        "property-management",
        4,
        Subject::Building,
        [
            "{at}小区电梯坏了十天，物业说没有钱修。",
            "{at}物业费涨了，卫生却没人打扫。",
            "{at}小区大门的门禁坏了，外人随便进。",
        ],
    ),
    talk(
        "consumer-dispute",
        2,
        Subject::Building,
        [
            "{at}健身房办卡没两个月就关门了，钱不退。",
            "{at}超市买的牛奶过期了，不给换。",
            "{at}买的电动车续航和说的差一半，商家不认。",
        ],
    ),
    talk(
        "water-cut",
        4,
        Subject::Puddle,
        [
            "{at}停水两天了，没有通知。",
            "{at}自来水发黄，有股味，不敢喝。",
            "{at}三楼以上水压太小，晚上根本没水。",
        ],
    ),
    talk(
        "power-cut",
        3,
        Subject::Lamp,
        [
            "{at}晚上老停电，这个月第五次了。",
            "{at}电压不稳，空调带不起来。",
            "{at}整栋楼没电，电梯也停了。",
        ],
    ),
    talk(
        "heating",
        2,
        Subject::Building,
        [
            "{at}暖气不热，屋里才十四度，家里有老人。",
            "{at}整个单元的暖气都是凉的。",
            "{at}暖气管漏水，阀门关不住。",
        ],
    ),
    talk(
        "medical-service",
        1,
        Subject::Building,
        [
            "{at}卫生院下午没有医生，老人取药跑了三趟。",
            "{at}医保报销说缺材料，每次说的都不一样。",
            "{at}村卫生室一直锁着门。",
        ],
    ),
    talk(
        "school-service",
        1,
        Subject::Building,
        [
            "{at}放学时校门口太乱，没有人维持秩序。",
            "{at}转学材料交了一个月没有回音。",
            "{at}学校食堂饭菜凉，孩子回来说吃不饱。",
        ],
    ),
    talk(
        "elder-care",
        2,
        Subject::Building,
        [
            "{at}有位独居老人腿摔了，没人送饭。",
            "{at}老人家里没有人照料，请社区上门看看。",
            "{at}敬老院的热水器坏了，老人洗澡不方便。",
        ],
    ),
    talk(
        "low-income",
        2,
        Subject::Building,
        [
            "{at}想问低保怎么申请，孩子生病花了很多钱。",
            "{at}低保停发了，不知道什么原因。",
            "{at}残疾补贴上个月没有到账。",
        ],
    ),
    talk(
        "noise",
        5,
        Subject::Building,
        [
            "{at}工地夜里十二点还在打桩，孩子睡不着。",
            "{at}楼下饭店排风扇嗡嗡响，开不了窗。",
            "{at}KTV半夜声音很大，整栋楼都能听见。",
        ],
    ),
    talk(
        "fumes",
        3,
        Subject::Smoke,
        [
            "{at}烧烤店油烟直接往楼上飘，窗户上全是油。",
            "{at}饭店烟道破了，楼道里全是油烟味。",
            "{at}早点摊油烟大，衣服晾出去都是味。",
        ],
    ),
    talk(
        "open-burning",
        3,
        Subject::Smoke,
        [
            "{at}有人烧秸秆，烟飘到公路上看不清。",
            "{at}村口垃圾池在烧垃圾，呛得很。",
            "{at}地头冒烟，请派人看看。",
        ],
    ),
    talk(
        "river-pollution",
        2,
        Subject::Puddle,
        [
            "{at}河水发黑，漂着白沫。",
            "{at}有管子往河里排脏水，夜里排得多。",
            "{at}河边漂着死鱼，味道很大。",
        ],
    ),
    talk(
        "construction-dust",
        3,
        Subject::Smoke,
        [
            "{at}工地土堆没有盖，刮风全是灰。",
            "{at}渣土车进出不冲洗，把路带得全是泥。",
            "{at}拆房子不洒水，灰飘到家里来。",
        ],
    ),
    talk(
        "livestock-waste",
        1,
        Subject::Puddle,
        [
            "{at}养猪场的粪水流到路边沟里了。",
            "{at}鸡粪堆在地头没有盖，苍蝇很多。",
            "{at}养殖场味道太大，下风头没法住人。",
        ],
    ),
    talk(
        "illegal-posters",
        4,
        Subject::Poster,
        [
            "{at}电线杆上、墙上贴满小广告。",
            "{at}楼道里贴满开锁、疏通的小广告，铲了又贴。",
            "{at}公交站牌被小广告盖住了，看不见站名。",
        ],
    ),
    talk(
        "signboard-danger",
        2,
        Subject::Poster,
        [
            "{at}店铺招牌松了，风一吹直晃。",
            "{at}户外广告牌铁皮翘起来了，怕掉下来砸人。",
            "{at}灯箱广告掉了一角，电线露在外面。",
        ],
    ),
    talk(
        "stray-dogs",
        3,
        Subject::Tree,
        [
            "{at}有五六只流浪狗，早上追人。",
            "{at}有人遛大狗不牵绳，孩子吓哭了。",
            "{at}隔壁院里的狗整夜叫。",
        ],
    ),
    talk(
        "square-noise",
        2,
        Subject::Building,
        [
            "{at}广场舞音响太大，跳到晚上十点。",
            "{at}早上五点就放音乐跳操，吵得睡不着。",
            "{at}两拨人比着放音响，家里有高考的孩子。",
        ],
    ),
    talk(
        "zombie-vehicle",
        2,
        Subject::Vehicle,
        [
            "{at}有辆车停了快一年，轮胎都瘪了。",
            "{at}报废面包车占着车位，里面堆满废品。",
            "{at}路边停着辆没牌照的三轮，一直没人动。",
        ],
    ),
    talk(
        "road-flooding",
        3,
        Subject::Puddle,
        [
            "{at}下雨积水到小腿，车熄火在里面了。",
            "{at}桥下积水过不去人，请来抽水。",
            "{at}路口积水，看不见下面有没有井。",
        ],
    ),
    talk(
        "fallen-tree",
        3,
        Subject::Tree,
        [
            "{at}大风刮倒一棵树，压住半条路。",
            "{at}树枝断了挂在电线上，看着要掉。",
            "{at}枯树歪了，靠在居民楼上。",
        ],
    ),
    talk(
        "pipe-burst",
        2,
        Subject::Puddle,
        [
            "{at}地下管子爆了，水往外喷，路都淹了。",
            "{at}路面往外冒水，已经两个小时了。",
            "{at}自来水管裂了，水流了一夜。",
        ],
    ),
    talk(
        "landslide",
        1,
        Subject::Road,
        [
            "{at}山坡掉石头下来，堵了半条路。",
            "{at}下雨以后土坡裂了缝，坡下有三户人家。",
            "{at}路边土崖塌了一块，还在往下掉土。",
        ],
    ),
    talk(
        "snow-ice",
        2,
        Subject::Road,
        [
            "{at}桥面结冰，早上摔了好几个人。",
            "{at}背阴的坡上积雪没人扫，车上不去。",
            "{at}水管漏水冻成冰面，走路打滑。",
        ],
    ),
];

pub(crate) fn talk_of(item: &str) -> Option<&'static Talk> {
    TALKS.iter().find(|talk| talk.item == item)
}

/// Whether it is the season in which an item is reported at all.
pub(crate) const fn in_season(item: &str, month: i8) -> bool {
    match item.as_bytes() {
        b"snow-ice" | b"heating" => month >= 11 || month <= 3,
        b"road-flooding" => month >= 5 && month <= 9,
        _ => true,
    }
}

pub(crate) const STREETS: &[&str] = &[
    "柳园路",
    "康泰街",
    "望河路",
    "槐荫街",
    "清禾路",
    "长乐街",
    "广源路",
    "和顺街",
    "百草路",
    "凌云街",
    "新桥路",
    "南塘街",
    "麦香路",
    "石榴街",
    "映山路",
    "临泉街",
    "书院路",
    "同德街",
];

pub(crate) const SPOTS: &[&str] = &[
    "路口向南60米",
    "中段路东",
    "与{cross}交叉口",
    "菜市场门口",
    "小学西侧",
    "公交站旁",
    "小区北门外",
    "路口东北角",
    "河堤边",
    "中段路西",
    "便民服务站对面",
    "药房门前",
];

pub(crate) const VILLAGE_SPOTS: &[&str] =
    &["村委会西侧", "村口", "村东头小桥旁", "文化广场边", "村北水塘旁", "卫生室门前", "村西生产路"];

pub(crate) const PROGRESS: &[&str] = &[
    "已到现场查看，情况属实，正在安排人员处理。",
    "已联系产权单位，约定明天上午一起到场。",
    "所需材料已领取，今天下午开始施工。",
    "现场已设置警示围挡，先消除危险再彻底处理。",
    "与反映的地点核对无误，已列入今天的任务。",
    "第一次处理后又到现场复看，还有一处需要收尾。",
];

pub(crate) const EXTENSION_REASONS: &[&str] = &[
    "配件需向厂家订货，预计两天后到货。",
    "连日降雨，路面含水不能施工，申请顺延。",
    "需要停电作业，许可已申请，时间待定。",
];

pub(crate) const SUSPEND_REASONS: &[&str] = &[
    "等供电公司停电作业许可。",
    "等鉴定机构出具意见，期间暂停计时。",
    "当事人外出，约定返回后继续调解。",
];

pub(crate) const RETURN_REASONS: &[&str] = &[
    "该路段不在我单位养护范围，建议交所在乡镇办理。",
    "设施产权不属于我单位，建议转交产权单位。",
    "经查属于另一单位职责，附职责清单页码。",
];

pub(crate) const CHECK_HOLDS: &[&str] =
    &["到现场看过，已经修好。", "与照片一致，附近群众认可。", "已处理到位，没有遗留。"];

pub(crate) const CHECK_FAILS: &[&str] = &[
    "只处理了一半，路北侧还没有动。",
    "照片拍的是另一处，原地没有变化。",
    "昨晚又坏了，请重新处理。",
];

pub(crate) const RATING_FIXED: &[&str] =
    &["修好了，谢谢。", "第二天就来人了，满意。", "", "处理得挺快。", ""];

pub(crate) const RATING_NOT: &[&str] =
    &["没有修好，还是老样子。", "来人拍了张照片就走了。", "只亮了一晚又灭了。"];

pub(crate) const URGES: &[&str] =
    &["已临近时限，请抓紧办理并报进展。", "同类反映较多，请优先处理。", "请今天内到场并回复。"];

pub(crate) const INSTRUCTIONS: &[&str] =
    &["群众反映的小事要当大事办，请尽快处理到位。", "请城管局举一反三，排查同类问题。"];

pub(crate) const ASSIGNMENTS: &[&str] = &[
    "请牵头排查{at}周边同类问题，列出清单，逐项销号。",
    "群众多次反映{at}的问题，请研究彻底解决的办法。",
    "调研时发现{at}存在隐患，请立即处置并举一反三。",
];
