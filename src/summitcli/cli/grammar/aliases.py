"""Aliases: words that users type for a command, such as ``yesterday``, and the commands to suggest."""

from collections.abc import Mapping


def _by_alias(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the commands to suggest for each alias.

    Args:
        names: the aliases of each command, separated by spaces: ``{"today": "今天 今日"}``.
    """
    found: dict[str, tuple[str, ...]] = {}
    for command, aliases in names.items():
        for alias in aliases.split():
            found[alias] = (*found.get(alias, ()), command)
    return found


ALIASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "": _by_alias(
        {
            "today": "今天 今日",
            "tomorrow": "明天 明日",
            "day yesterday": "yesterday 昨天",
            "now": "current status 现在 正在 正在进行",
            "next": "upcoming soon 接下来 下一场 即将",
            "list": "all dir ls sessions talks events program programme"
            " 列出 列表 全部 所有 场次 会议日程 议程",
            "search": "grep lookup query 搜索 查找 检索 搜 查 找",
            "show": "cat describe details open view 显示 查看 详情 打开",
            "browse": "fullscreen gui tui ui 浏览 全屏",
            "grid": "cal calendar timetable 日程图 时间表 日程表 日历",
            "about": "conference info 关于 介绍 会议",
            "agenda": "favorites favourites mine my picks 我的日程 日程 行程 我的",
            "star": "bookmark fav favorite favourite pick 收藏 选 星标 加星",
            "unstar": "unbookmark unfavorite unhide unpick 取消 取消收藏 取消星标 取消隐藏",
            "hide": "dismiss ignore skip 隐藏",
            "agenda add": "加入 添加",
            "agenda remove": "del delete rm 移除 删除",
            "agenda clear": "清空 清除",
            "agenda undo": "revert 撤销",
            "agenda conflicts": "clashes overlaps 冲突",
            "agenda gaps": "free 空档 空闲",
            "agenda plan": "optimise optimize planner 计划 规划 制定计划",
            "agenda block": "appointment reserve 自己的安排 占用",
            "agenda busy": "忙碌",
            "agenda share": "send 分享",
            "agenda compare": "比较个人日程",
            "agenda import": "导入",
            "agenda export": "cal calendar ical icalendar ics 日历",
            "agenda sync": "sync vdir vdirsyncer 同步",
            "remind": "alarm alert notifications notify reminder reminders 提醒 闹钟 通知",
            "export": "cp dump print save write 导出 保存",
            "days": "dates 日期",
            "categories": "tags topics tracks types 类别 分类 类型",
            "rooms": "places venues locations 会场 会议室 地点 房间",
            "speakers": "authors people presenters who 嘉宾 演讲嘉宾 演讲者 讲者 讲师",
            "find": "directory 会议名录 名录",
            "new": "create init 新建 创建",
            "use": "checkout clone load switch 切换 使用",
            "schedules": "conferences 会议列表",
            "schedules remove": "移除会议日程 删除会议日程",
            "update": "fetch pull refresh sync upgrade 更新 刷新",
            "diff": "changes 比较 对比 变动 差异",
            "validate": "check lint verify 校验 检查",
            "convert": "transform 转换",
            "publish": "site web website 发布 网站",
            "completion": "autocomplete completions 补全",
            "doctor": "diagnose fix repair 诊断 修复",
            "help": "man usage 帮助",
            "help options": "config env environment options settings 选项 设置 环境变量",
            "--version": "version 版本",
        }
    ),
    "agenda": _by_alias(
        {
            "agenda": "list ls show view 列出 显示 查看",
            "agenda add": "bookmark fav pick star 加入 添加 收藏",
            "agenda remove": "del delete rm unpick unstar 移除 删除",
            "agenda clear": "empty reset 清空",
            "agenda undo": "revert 撤销",
            "agenda conflicts": "clashes overlaps 冲突",
            "agenda gaps": "free 空档 空闲",
            "agenda plan": "optimise optimize planner 计划 规划",
            "agenda block": "appointment entry reserve 自己的安排 占用",
            "agenda busy": "忙碌",
            "agenda share": "send 分享",
            "agenda compare": "diff 比较",
            "agenda import": "load 导入",
            "agenda export": "cal calendar ical ics save 导出",
            "agenda sync": "vdir vdirsyncer 同步",
        }
    ),
    "schedules": _by_alias(
        {
            "schedules": "list ls show 列出 显示",
            "use": "add checkout load switch 添加 加入 切换",
            "update": "fetch pull refresh update 更新",
            "schedules remove": "del delete rm 移除 删除",
        }
    ),
}
"""The commands to suggest for each alias, by the group that is typed before it, such as ``agenda``.

The group is an empty text for an alias that is typed right after ``summit``.
"""
