#!/bin/sh
# Brings what no Python package can: Chromium and a Chinese font.
# It never fails: the tests themselves say, or refuse, what is missing.

present() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        command -v google-chrome >/dev/null || [ -n "$SANSHEN_CHROMIUM" ]
}

chinese() {
    find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        -iname '*cjk*' -o -iname '*wqy*' -o -iname '*sourcehan*' 2>/dev/null | grep -q .
}

present && chinese && exit 0
[ "$(uname -s)" = Darwin ] && present && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo '正在安装浏览器测试要用的 Chromium 和中文字体……'
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq &&
        apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi

present && chinese ||
    echo '注意：本机缺少 Chromium 或中文字体，浏览器测试将不运行。请管理员安装 chromium 和 fonts-noto-cjk。' >&2
exit 0
