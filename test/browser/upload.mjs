// upload.mjs PAGE - examples/upload in headless Chromium: PAGE is its address. Prints TAP.
//
// Environment: PLAYWRIGHT_CORE, the folder of that package; CHROMIUM, the browser; TOKEN and
// OTHER_TOKEN of two people; SCREENSHOTS, a folder for pictures.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT_CORE);
const MiB = 1024 * 1024;
let number = 0;
let failed = false;

function check(what, good, said = "") {
	failed ||= !good;
	console.log(`${good ? "ok" : "not ok"} ${++number} - in a browser: ${what}`);
	if (!good) console.log("#", JSON.stringify(said));
}

// A picture of one colour: PNG's signature, IHDR, IDAT, IEND.
function png(red, green, blue, side = 64) {
	const crc = (bytes) => {
		let c = ~0;
		for (const b of bytes) {
			c ^= b;
			for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
		}
		return ~c >>> 0;
	};
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const out = Buffer.alloc(body.length + 8);
		out.writeUInt32BE(data.length, 0);
		body.copy(out, 4);
		out.writeUInt32BE(crc(body), body.length + 4);
		return out;
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * side, Buffer.from([red, green, blue]))]);
	return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header),
		chunk("IDAT", deflateSync(Buffer.concat(Array(side).fill(row)))), chunk("IEND", Buffer.alloc(0))]);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
const problems = [];
page.on("dialog", (dialog) => { problems.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
page.on("pageerror", (error) => problems.push(error.message));
const picture = async (name) => process.env.SCREENSHOTS &&
	page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });

const row = (name) => page.locator("#uploads li").filter({ hasText: name });
const card = (name) => page.locator("#gallery li").filter({ hasText: name });
const status = (name, text) => row(name).getByText(text, { exact: text === "uploaded" }).waitFor({ timeout: 30000 });
// the gallery follows an upload
const shows = (name) => card(name).waitFor({ timeout: 30000 }).then(() => true);
// as AWS refuses, where a script may see it
const refusal = { status: 403, headers: { "Access-Control-Allow-Origin": "*" }, body: "<Error/>" };
const choose = (...files) => page.setInputFiles("#files", files);
const scratch = mkdtempSync(join(tmpdir(), "s3sign-browser."));
process.on("exit", () => rmSync(scratch, { recursive: true }));

async function signIn() {
	await page.goto(process.argv[2]);
	check("it asks for a token", await page.isVisible("#token") && !await page.isVisible("#drop"));
	await page.fill("#token", "no.to.ken");
	await page.keyboard.press("Enter");
	await page.getByText("The token is not accepted").waitFor();
	check("a bad token is refused in words", await page.isVisible("#token"));
	await picture("1-refused");
	await page.fill("#token", process.env.TOKEN);
	await page.keyboard.press("Enter");
	await page.getByText("Nothing yet.").waitFor();
	check("a good one shows what is there: nothing yet", await page.isVisible("#drop"));
}

async function small() {
	// the keyboard alone: Tab to the files, Enter opens the chooser
	const chooser = page.waitForEvent("filechooser");
	await page.focus("#sign-out");
	await page.locator("#files").focus();
	await page.keyboard.press("Enter");
	await (await chooser).setFiles([file("red.png", "image/png", png(200, 30, 30)),
		file("<img src=x onerror=alert(1)>.txt", "text/plain", Buffer.from("hello"))]);
	await status("red.png", "uploaded");
	await status("onerror", "uploaded");
	await card("red.png").waitFor();
	const image = card("red.png").locator("img");
	await image.evaluate((i) => i.complete || new Promise((r) => i.addEventListener("load", r)));
	check("a picture, chosen by the keyboard, is uploaded and shown",
		await image.evaluate((i) => i.naturalWidth) === 64);
	check("a name of markup is text", await shows("onerror") && await card("<img src=x onerror=alert(1)>.txt").count() === 1);

	await page.evaluate(() => {
		const data = new DataTransfer();
		data.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
		document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	});
	await status("dropped.txt", "uploaded");
	check("a file can be dropped", await shows("dropped.txt"));
	await choose(file("empty", "", Buffer.alloc(0)));
	await status("empty", "uploaded");
	check("an empty file without a type too", await shows("empty") &&
		await card("empty").getByText("0 bytes").count() === 1);
}

async function large() {
	const data = randomBytes(45 * MiB);
	writeFileSync(join(scratch, "large.bin"), data);
	const flying = new Set();
	const tries = {};
	let links = 0;
	page.on("request", (r) => links += r.url().endsWith("/rpc/upload_parts"));
	const progress = new Set();
	let most = 0;
	await page.route(/partNumber=/, async (route) => {
		const part = new URL(route.request().url()).searchParams.get("partNumber");
		tries[part] = (tries[part] ?? 0) + 1;
		if (part === "2" && tries[part] === 1) return route.abort("connectionreset");
		if (part === "3" && tries[part] === 1) return route.fulfill(refusal);
		flying.add(part);
		most = Math.max(most, flying.size);
		await route.continue();
	});
	page.on("requestfinished", (r) => flying.delete(new URL(r.url()).searchParams.get("partNumber")));
	const watch = setInterval(async () => progress.add(
		await row("large.bin").locator("progress").evaluate((p) => p.value).catch(() => 0)), 20);
	await choose(join(scratch, "large.bin"));
	await status("large.bin", "uploaded");
	clearInterval(watch);
	await page.unroute(/partNumber=/);
	await shows("large.bin");
	check("a large file goes up in parts", Object.keys(tries).length === 6, tries);
	check("several at once", most > 1 && most <= 4, most);
	check("a part that fails is tried again, with a fresh link where that is refused", tries[2] === 2 && tries[3] === 2 && links === 2,
		[tries, links]);
	check("its progress is seen", [...progress].filter((v) => v > 0 && v < data.length).length > 1, [...progress]);
	const back = await fetch(await card("large.bin").locator("a").getAttribute("href"));
	check("what is stored is what was sent", sha256(Buffer.from(await back.arrayBuffer())) === sha256(data));
}

async function trouble() {
	await page.route(/\/documents\/.*X-Amz-Signature/, (route) => route.request().method() === "PUT" ?
		route.abort("connectionrefused") : route.continue());
	await choose(file("blue.png", "image/png", png(30, 30, 200)));
	await status("blue.png", "was not uploaded. The storage gave this page no answer");
	check("a storage that can't be reached is told in words, after four tries", true);
	await picture("2-trouble");
	await page.unroute(/\/documents\/.*X-Amz-Signature/);
	await row("blue.png").getByRole("button", { name: "Try blue.png again" }).focus();
	await page.keyboard.press("Enter");
	await status("blue.png", "uploaded");
	check("and can be tried again, by the keyboard", await shows("blue.png"));

	let tries = 0;
	page.on("request", (r) => tries += r.method() === "PUT" && r.url().includes("/documents/"));
	await page.route(/\/documents\/.*X-Amz-Signature/, (route) => route.fulfill(refusal));
	await choose(file("refused.txt", "text/plain", Buffer.from("no")));
	await status("refused.txt", "was not uploaded. The storage refuses the file");
	check("a refusal is told in words, and not tried again", tries === 1, tries);
	await page.unroute(/\/documents\/.*X-Amz-Signature/);

	// another type than the ticket's: Ceph refuses
	await page.route(/\/rpc\/create_upload$/, async (route) => {
		const answer = await route.fetch();
		const ticket = await answer.json();
		ticket.headers["content-type"] = "text/html";
		await route.fulfill({ response: answer, json: ticket });
	});
	await choose(file("other.txt", "text/plain", Buffer.from("no")));
	await status("other.txt", "was not uploaded. The storage gave this page no answer");
	check("so is a type that was not announced", await card("other.txt").count() === 0);
	await page.unroute(/\/rpc\/create_upload$/);

	await page.route(/partNumber=/, () => {}); // hangs
	const aborted = page.waitForRequest((r) => r.method() === "DELETE");
	writeFileSync(join(scratch, "cancelled.bin"), Buffer.alloc(20 * MiB));
	const begun = page.waitForRequest(/partNumber=/);
	await choose(join(scratch, "cancelled.bin"));
	await begun;
	await row("cancelled.bin").getByRole("button", { name: "Cancel cancelled.bin" }).click();
	await status("cancelled.bin", "was cancelled");
	check("an upload can be cancelled, and the storage is told", await aborted && await card("cancelled.bin").count() === 0);
	await page.unroute(/partNumber=/);
}

async function afterwards() {
	const before = await card("red.png").locator("a").getAttribute("href");
	await page.waitForTimeout(1100);
	await page.reload();
	await card("red.png").waitFor();
	const image = card("red.png").locator("img");
	await image.evaluate((i) => i.complete || new Promise((r) => i.addEventListener("load", r)));
	check("after a reload all is there, by fresh links", await page.locator("#gallery li").count() === 6 &&
		await image.evaluate((i) => i.naturalWidth) === 64 &&
		before !== await card("red.png").locator("a").getAttribute("href"), await page.locator("#gallery li").count());
	const download = page.waitForEvent("download");
	await card("red.png").locator("a").click();
	check("a click downloads, under its name", (await download).suggestedFilename() === "red.png");
	await picture("3-gallery");
	await page.setViewportSize({ width: 380, height: 700 });
	await picture("4-narrow");
	check("it fits a telephone", await page.evaluate(() =>
		document.documentElement.scrollWidth <= document.documentElement.clientWidth));
	await page.getByRole("button", { name: "Forget the token" }).click();
	await page.reload();
	check("a token that is forgotten stays so", await page.isVisible("#token"));
	await page.fill("#token", process.env.OTHER_TOKEN);
	await page.keyboard.press("Enter");
	await page.getByText("Nothing yet.").waitFor();
	check("another person sees nothing of it", await page.locator("#gallery li").count() === 0);
}

await signIn();
await small();
await large();
await trouble();
await afterwards();
check("no script failed, and no markup ran", problems.length === 0, problems);
console.log(`1..${number}`);
await browser.close();
process.exit(failed ? 1 : 0);
