privacy-title = 个人信息怎么用
