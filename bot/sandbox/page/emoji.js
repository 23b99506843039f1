// The shortcodes an app is likely to use. An unknown one stays as it was written, as in Slack.

const LIST = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 clap 👏 pray 🙏 raised_hands 🙌 ok_hand 👌 muscle 💪 eyes 👀
point_right 👉 point_left 👈 point_up 👆 point_down 👇 handshake 🤝 bow 🙇 speaking_head_in_silhouette 🗣️
tada 🎉 confetti_ball 🎊 sparkles ✨ star ⭐ star2 🌟 dizzy 💫 fire 🔥 rocket 🚀 trophy 🏆 medal 🏅 dart 🎯 gift 🎁
heart ❤️ green_heart 💚 yellow_heart 💛 blue_heart 💙 purple_heart 💜 broken_heart 💔
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 blush 😊 grin 😁 joy 😂 wink 😉 sunglasses 😎 thinking_face 🤔
neutral_face 😐 expressionless 😑 confused 😕 slightly_frowning_face 🙁 disappointed 😞 cry 😢 sob 😭 angry 😠
relaxed ☺️ hugging_face 🤗 innocent 😇 star-struck 🤩 sleeping 😴 zzz 💤 see_no_evil 🙈
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 abacus 🧮 scales ⚖️ straight_ruler 📏
calendar 📅 date 📅 spiral_calendar_pad 🗓️ alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️
clock1 🕐 clock9 🕘 clock12 🕛 timer_clock ⏲️ repeat 🔁 arrows_counterclockwise 🔄
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️
no_entry ⛔ no_entry_sign 🚫 information_source ℹ️ question ❓ exclamation ❗ bangbang ‼️ bulb 💡 bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ envelope ✉️ email 📧 inbox_tray 📥
outbox_tray 📤 incoming_envelope 📨 love_letter 💌 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 pushpin 📌 paperclip 📎
lock 🔒 unlock 🔓 key 🔑 shield 🛡️ gear ⚙️ wrench 🔧 hammer 🔨 mag 🔍 link 🔗 bust_in_silhouette 👤
busts_in_silhouette 👥 robot_face 🤖 office 🏢 house 🏠 house_with_garden 🏡 globe_with_meridians 🌐 earth_americas 🌎
arrow_up ⬆️ arrow_down ⬇️ arrow_right ➡️ arrow_left ⬅️ arrow_upper_right ↗️ arrow_lower_right ↘️ left_right_arrow ↔️
small_red_triangle 🔺 small_red_triangle_down 🔻 red_circle 🔴 large_green_circle 🟢 large_yellow_circle 🟡
large_blue_circle 🔵 large_orange_circle 🟠 white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_yellow_square 🟨
large_red_square 🟥 white_large_square ⬜ black_large_square ⬛ seedling 🌱 herb 🌿 sunny ☀️ partly_sunny ⛅ cloud ☁️
rain_cloud 🌧️ rainbow 🌈 coffee ☕ cake 🍰 beers 🍻 zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣
eight 8️⃣ nine 9️⃣ keycap_ten 🔟 heavy_plus_sign ➕ heavy_minus_sign ➖ new 🆕 hash #️⃣`;

const words = LIST.trim().split(/\s+/);
/** @type {Map<string, string>} */
const EMOJI = new Map();
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/** @param {string} name */
export const emoji = (name) => EMOJI.get(name);

/** @param {string} text */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (code, /** @type {string} */ name) => emoji(name) ?? code);
