"""The program's words in Chinese."""

WORDS = {
    # Dates
    "Monday": "星期一",
    "Tuesday": "星期二",
    "Wednesday": "星期三",
    "Thursday": "星期四",
    "Friday": "星期五",
    "Saturday": "星期六",
    "Sunday": "星期日",
    "January": "1月",
    "February": "2月",
    "March": "3月",
    "April": "4月",
    "May": "5月",
    "June": "6月",
    "July": "7月",
    "August": "8月",
    "September": "9月",
    "October": "10月",
    "November": "11月",
    "December": "12月",
    "{day} {month}": "{month}{day}日",
    "{weekday} {date}": "{date} {weekday}",
    "{day} {month} {year}": "{year}年{month}{day}日",
    "{day}–{end_day} {month} {year}": "{year}年{month}{day}日至{end_day}日",
    "{day} {month} – {end_day} {end_month} {year}": "{year}年{month}{day}日至{end_month}{end_day}日",
    "{day} {month} {year} – {end_day} {end_month} {end_year}": (
        "{year}年{month}{day}日至{end_year}年{end_month}{end_day}日"
    ),
    "day {number} of {count}": "第{number}天/共{count}天",
    "day {part} of {parts}": "第{part}/{parts}天",
    "{start} to {end}": "{start}至{end}",
    "begins in {n} days": "{n}天后开始",
    "over": "已结束",
    # Headings
    "{n} sessions": "{n} 场",
    "Other": "其他",
    "When": "时间",
    "Room": "会场",
    "Category": "类别",
    "Speakers": "讲者",
    "Language": "语言",
    "Link": "链接",
    "ID": "编号",
    "Held": "举办",
    "{announced} as announced": "{announced}（据大会公布）",
    "Schedule": "日程",
    "Place": "地点",
    "Time zone": "时区",
    "Headline": "标题",
    "Hosts": "主办",
    "Organiser": "承办",
    "Website": "网站",
    "Version": "版本",
    "Positioning": "峰会定位",
    "Programme": "内容",
    "Exchange activities": "交流活动",
    "Platforms": "平台",
    "Figures": "数据",
    " ({year})": "（{year}年）",
    "Source: {source}": "数据来源：{source}",
    # Nothing to show
    "no session matches": "没有符合条件的场次",
    "no session matches: this schedule publishes days, no clock times": (
        "没有符合条件的场次：本日程只公布日期，没有钟点"
    ),
    "nothing is running now; `summit next` shows what comes": (
        "此刻没有进行中的场次；`summit next` 看接下来的"
    ),
    "nothing more starts; `summit now` shows what is running": "之后没有新的场次；`summit now` 看正在进行的",
    "no session on {day}; `summit days` shows where there are some": "{day} 没有场次；`summit days` 看哪天有",
    "{title} is over since {day}; `summit day 1` shows its first day": (
        "{title}已于 {day} 结束；`summit day 1` 看第一天"
    ),
    "{title} begins on {day}, {n} days later; `summit day 1` shows its first day": (
        "{title} {day} 开始，还有 {n} 天；`summit day 1` 看第一天"
    ),
    'nothing found for "{text}"': "找不到“{text}”",
    "this schedule has no categories": "本日程没有类别",
    "this schedule names no rooms": "本日程没有公布会场",
    "this schedule names no speakers": "本日程没有公布讲者",
    "this schedule names no languages": "本日程没有公布语言",
    # The command line
    " or ": " 或 ",
    ", ": "、",
    "{sentence}. Did you mean {names}?": "{sentence}。是不是 {names}？",
    "{sentence}. There is: {names}": "{sentence}。可用的有：{names}",
    "{sentence}; `{command} --help` shows what there is": "{sentence}；用法见 `{command} --help`",
    "`{command}` takes no option --{name}": "`{command}` 没有选项 --{name}",
    "-n takes a number from 1 on": "-n 后面是从 1 起的数",
    'no room "{name}"': "没有会场“{name}”",
    'no speaker "{name}"': "没有讲者“{name}”",
    'no category "{name}"': "没有类别“{name}”",
    'no language "{name}"': "没有语言“{name}”",
    'no format "{name}"': "没有格式“{name}”",
    'no field "{name}"': "没有字段“{name}”",
    'no field "{field}"': "没有字段“{field}”",
    'no colour mode "{name}"': "没有颜色模式“{name}”",
    'no session "{text}"': "没有场次“{text}”",
    '"{text}" is the beginning of several ids: {ids}': "有几个编号以“{text}”开头：{ids}",
    "--from and --to are the same time": "--from 和 --to 是同一时间",
    'category "{name}" is both asked for and excluded': "类别“{name}”既要列出又要排除",
    "--day asks for {other}, the command for {day}": "--day 要的是 {other}，命令要的是 {day}",
    "say what to search for": "请写出要找什么",
    "these rows have no ids; leave out --format ids": "这些行没有编号；请去掉 --format ids",
    "--fields goes with tsv, csv, json, jsonl and md": "--fields 只用于 tsv、csv、json、jsonl 和 md",
    "--template is a format of its own: leave out --format and --fields": (
        "--template 本身就是格式：请去掉 --format 和 --fields"
    ),
    "--json and --format {name} contradict each other": "--json 与 --format {name} 矛盾",
    "the template can't be read: {reason}; write {{{{ for a brace": "模板有误：{reason}；花括号本身写作 {{{{",
    'write "{{{field}}}" alone in the template': "模板里只能写“{{{field}}}”",
    'no day "{text}"; write a number from 1 to {count}, a date such as {day}, a weekday or "today"': (
        "没有日期“{text}”；可写 1 到 {count} 的数、{day} 这样的日期、周几或“今天”"
    ),
    "{day} is not a day of the conference, {start} to {end}": "{day} 不在会期之内（{start} 至 {end}）",
    'no day of the conference is a "{text}": it runs from {start} to {end}': (
        "会期内没有“{text}”：{start} 至 {end}"
    ),
    "there is no day {number}: the conference has days 1 to {count}": (
        "没有第 {number} 天：会期为第 1 至 {count} 天"
    ),
    '"{text}" is not a time; write HH:MM, such as 9:30': "“{text}”不是时间；请写 HH:MM，如 9:30",
    # Files
    "standard input": "标准输入",
    "it is a folder": "它是文件夹",
    "can't read {name}": "无法读取 {name}",
    "can't write the answer": "无法写出结果",
    "{name} is too large for a schedule: more than {n} MB": "{name} 太大，不像日程：超过 {n} MB",
    "{name} is not a schedule: {looks_like}": "{name} 不是日程：{looks_like}",
    "{name} is not a valid schedule: {faults}": "{name} 不是有效的日程：{faults}",
    "and {n} more faults": "另有 {n} 处",
    "it is empty": "它是空的",
    "it is blank": "它只有空白",
    "it looks like a page of HTML": "它像是 HTML 网页",
    'it is JSON without "format": "summit-schedule/1"': '它是 JSON，但没有 "format": "summit-schedule/1"',
    "it looks like binary data": "它像是二进制数据",
    "it looks like plain text": "它像是纯文本",
    "not valid JSON": "不是有效的 JSON",
    "this key is": "这个键",
    "a fault of the program itself, {kind}: {reason}; run it again with --debug to report it": (
        "程序自身出错，{kind}：{reason}；请加 --debug 再运行一次以便报告"
    ),
}
