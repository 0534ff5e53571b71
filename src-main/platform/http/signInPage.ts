/** What a browser that is not signed in is shown: which link to open, and where a fresh one has just been printed. Stands alone. */
export function signInPage(options: { nonce: string; why: 'signedOut' | 'linkUsed' | 'tooMany' }): string {
	const [en, zh] = sentences[options.why];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Homeroom</title>
<style nonce="${options.nonce}">
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 32rem; padding: 2rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
p { margin: 0 0 1rem; }
</style>
</head>
<body>
<main>
<h1>Homeroom</h1>
<p>${en}</p>
<p lang="zh-Hans">${zh}</p>
</main>
</body>
</html>
`;
}

const sentences = {
	signedOut: [
		'This browser is not signed in. A link to sign in has been printed in the terminal where Homeroom runs: open it here. Each link is good once, for 15 minutes.',
		'此浏览器尚未登录。登录链接已显示在运行 Homeroom 的终端中：请在此打开。每个链接只能使用一次，15 分钟内有效。',
	],
	linkUsed: [
		'This link has been used already or is too old. A new one has been printed in the terminal where Homeroom runs: open that one. Each link is good once, for 15 minutes.',
		'此链接已被使用或已过期。新的链接已显示在运行 Homeroom 的终端中：请打开新链接。每个链接只能使用一次，15 分钟内有效。',
	],
	tooMany: [
		'Too many sign-in links were tried. Wait a minute, then open the newest link from the terminal.',
		'尝试登录的次数过多。请等待一分钟，然后打开终端中最新的链接。',
	],
} as const;
