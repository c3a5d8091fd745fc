// upload.mjs PAGE - examples/upload in headless Chromium: PAGE is its address. Prints TAP.
//
// Environment: PLAYWRIGHT_CORE, the folder of that package; CHROMIUM, the browser; TOKEN and
// OTHER_TOKEN of two people; SCREENSHOTS, a folder for pictures.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, failed, faintTexts, file, fits, plan, png, sha256 } from "./support.mjs";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT_CORE);
const MiB = 1024 * 1024;
const WAIT = { timeout: 30000 };

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
const problems = [];
page.on("dialog", (dialog) => { problems.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
page.on("pageerror", (error) => problems.push(error.message));
// what was sent: method and kind of each request, in order
const sent = [];
const kind = (url) => {
	if (url.pathname.startsWith("/rpc/")) return url.pathname.slice(1);
	if (url.searchParams.has("partNumber")) return `part ${url.searchParams.get("partNumber")}`;
	return url.searchParams.has("uploadId") ? "upload" : url.searchParams.has("uploads") ? "create" : "object";
};
page.on("request", (r) => r.method() !== "OPTIONS" && sent.push(`${r.method()} ${kind(new URL(r.url()))}`));
const count = (what) => sent.filter((s) => s === what).length;
const scratch = mkdtempSync(join(tmpdir(), "s3sign-browser."));
process.on("exit", () => rmSync(scratch, { recursive: true }));

const card = (name) => page.locator("#gallery li").filter({ hasText: name });
const button = (name) => page.getByRole("button", { name, exact: true });
const said = (id, text) => page.locator(`#${id}`).getByText(text).waitFor(WAIT);
const refusal = { status: 403, headers: { "Access-Control-Allow-Origin": "*" }, body: "<Error/>" };
const href = (name) => card(name).locator("a").getAttribute("href");
const stored = async (name) => sha256(Buffer.from(await (await fetch(await href(name))).arrayBuffer()));

// The page as it is now, in both themes and widths: each text can be read, and nothing sticks out.
async function looks(state) {
	const wrong = [];
	for (const colorScheme of ["light", "dark"])
		for (const width of [360, 1280]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			// for the Dashboard to lay itself out, and for its colours to change
			await page.waitForTimeout(250);
			const name = `${state}, ${colorScheme}, ${width}`;
			wrong.push(...(await page.evaluate(faintTexts)).map((text) => `${name}: ${text}`));
			if (!await page.evaluate(fits)) wrong.push(`${name}: too wide`);
			if (process.env.SCREENSHOTS)
				await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name.replaceAll(", ", "-")}.png`, fullPage: true });
		}
	check(`${state}: contrast of at least 4.5:1 and no overflow, 360 and 1,280 wide, light and dark`, wrong.length === 0, wrong);
}

// Tab until the element with that name has the focus, which must be seen: in the colour of the theme.
async function tabTo(name) {
	for (let i = 0; i < 40; i++) {
		await page.keyboard.press("Tab");
		const [found, seen, label] = await page.evaluate((wanted) => {
			const e = document.activeElement, style = getComputedStyle(e);
			const probe = document.body.appendChild(document.createElement("i"));
			probe.style.color = "var(--focus)";
			const color = getComputedStyle(probe).color;
			probe.remove();
			return [(e.ariaLabel || e.textContent).trim() === wanted,
				(style.outlineStyle !== "none" && style.outlineColor === color) || e.matches("body"), e.outerHTML.slice(0, 120)];
		}, name);
		if (!seen) problems.push(`the focus is not seen before ${name}: ${label}`);
		if (found) return true;
	}
	return false;
}

async function press(name) {
	if (!await tabTo(name)) problems.push(`${name} can't be reached by Tab`);
	await page.keyboard.press("Enter");
}

async function choose(...files) {
	await page.locator(".uppy-Dashboard-input").first().setInputFiles(files);
}

// a file that goes up in parts
function large(name, size = 17 * MiB) {
	const data = randomBytes(size);
	const path = join(scratch, name);
	writeFileSync(path, data);
	return { path, hash: sha256(data) };
}

// ready for the next files
async function done() {
	await button("Done").click();
	await button("browse files").waitFor(WAIT);
	sent.length = 0;
}

async function signIn() {
	await page.goto(process.argv[2]);
	check("it asks for a token", await page.isVisible("#token") && !await page.isVisible("#uploads"));
	await page.fill("#token", "no.to.ken");
	await page.keyboard.press("Enter");
	await said("message", "You are not signed in");
	check("a bad token is refused in words", await page.isVisible("#token"));
	await looks("refused");
	await page.fill("#token", process.env.TOKEN);
	await page.keyboard.press("Enter");
	await page.getByText("Nothing yet.").waitFor(WAIT);
	check("a good one shows what is there: nothing yet", await page.isVisible("#uploads"));
	check("in Uppy nothing speaks by itself", await page.locator(".uppy-Root :is([aria-live],[role=status],[role=alert])").count() === 0);
	await looks("empty");
}

async function small() {
	sent.length = 0;
	const chooser = page.waitForEvent("filechooser", WAIT);
	await page.locator("h1").click();
	await press("browse files");
	await (await chooser).setFiles([file("red.png", "image/png", png(200, 30, 30)),
		file("<img src=x onerror=alert(1)>.txt", "text/plain", Buffer.from("hello"))]);
	await button("Upload 2 files").waitFor(WAIT);
	check("each button names its file", await button("Remove red.png").count() === 1);
	await looks("chosen");
	await press("Upload 2 files");
	await said("progress", "2 uploaded");
	check("a text goes up by PUT and a picture by a form, chosen and sent by the keyboard",
		count("PUT object") === 1 && count("POST object") === 1, sent);
	await card("red.png").waitFor(WAIT);
	const image = card("red.png").locator("img");
	await image.evaluate((i) => i.complete || new Promise((r) => i.addEventListener("load", r)));
	check("the picture is shown", await image.evaluate((i) => i.naturalWidth) === 64);
	check("a name of markup is text", await card("<img src=x onerror=alert(1)>.txt").count() === 1);
	await looks("complete");
	await done();

	await page.locator(".uppy-Dashboard-AddFiles").evaluate((target) => {
		const data = new DataTransfer();
		data.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain;charset=utf-8" }));
		data.items.add(new File([], "nothing", {}));
		target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	});
	await button("Upload 2 files").click();
	await said("progress", "2 uploaded");
	await card("dropped.txt").waitFor(WAIT);
	check("files can be dropped; a type may have parameters, and a file may be empty and without a type",
		await card("text/plain;charset=utf-8").count() === 1 && await card("nothing").getByText("0 bytes").count() === 1);
	await done();
}

async function pauseAndResume() {
	await page.evaluate(() => {
		window.spoken = [];
		new MutationObserver(() => spoken.push(document.getElementById("progress").textContent))
			.observe(document.getElementById("progress"), { childList: true });
	});
	let hold = true;
	await page.route(/partNumber=2/, (route) => hold ? undefined : route.continue());
	const { path, hash } = large("paused.bin", 25 * MiB);
	const second = page.waitForRequest(/partNumber=2/, WAIT);
	await choose(path);
	await button("Upload 1 file").click();
	await second;
	await looks("uploading");
	await press("Pause");
	await button("Resume").waitFor(WAIT);
	await looks("paused");
	hold = false;
	await press("Resume");
	await said("progress", "1 uploaded");
	await card("paused.bin").waitFor(WAIT);
	await page.unroute(/partNumber=2/);
	check("a large file goes up in parts; paused and resumed by the keyboard it sends no part again",
		[1, 3, 4].every((i) => count(`PUT part ${i}`) === 1) && count("PUT part 2") === 2 && count("GET upload") >= 1, sent);
	check("what is stored is what was sent", await stored("paused.bin") === hash);
	const spoken = await page.evaluate(() => spoken);
	const steps = spoken.map((text) => /^([1-9])0 % uploaded$/.exec(text)?.[1]).filter(Boolean);
	check("a screen reader is told of steps of 10 %, each once", steps.length >= 3 && spoken.at(-1) === "1 uploaded" &&
		spoken.length === steps.length + 1 && steps.every((step, i) => i === 0 || step > steps[i - 1]), spoken);
	await done();
}

async function offline() {
	let once = true;
	await page.route(/partNumber=2/, async (route) => {
		if (!once) return route.continue();
		once = false;
		await context.setOffline(true);
		await route.abort("internetdisconnected");
	});
	const { path, hash } = large("offline.bin");
	await choose(path);
	await button("Upload 1 file").click();
	await said("message", "There is no connection");
	await page.waitForTimeout(3000);
	await context.setOffline(false);
	await said("progress", "1 uploaded");
	await card("offline.bin").waitFor(WAIT);
	await page.unroute(/partNumber=2/);
	check("three seconds offline: it goes on by itself, with one document and no part sent again",
		await stored("offline.bin") === hash && count("POST rpc/create_upload") === 1 && count("PUT part 1") === 1 &&
		await page.locator("#message").textContent() === "", sent);
	await done();
}

async function reload() {
	const { path, hash } = large("reloaded.bin");
	await page.route(/partNumber=2/, () => {});
	const second = page.waitForRequest(/partNumber=2/, WAIT);
	await choose(path);
	await button("Upload 1 file").click();
	await second;
	await page.waitForTimeout(1500); // GoldenRetriever writes its state once a second at most
	await page.unroute(/partNumber=2/);
	await page.reload();
	await button(/Upload 1|Resume/).first().waitFor(WAIT);
	await looks("restored");
	await page.locator(".uppy-StatusBar-actionBtn--upload").focus();
	await page.keyboard.press("Enter");
	await said("progress", "1 uploaded");
	await card("reloaded.bin").waitFor(WAIT);
	check("after a reload it goes on: it lists the parts and sends the rest", await stored("reloaded.bin") === hash &&
		count("POST create") === 1 && count("PUT part 1") === 1 && count("GET upload") >= 1 && count("POST rpc/create_upload") === 1, sent);
	await done();
}

async function trouble() {
	let refuse = true;
	await page.route(/partNumber=2/, (route) => refuse ? route.fulfill(refusal) : route.continue());
	const { path, hash } = large("refused.bin");
	await choose(path);
	await button("Upload 1 file").click();
	await said("message", "refused.bin was not uploaded. The storage refuses the file");
	check("a refusal is told in words", true);
	await looks("failed");
	refuse = false;
	await press("Retry upload");
	await said("progress", "1 uploaded");
	await card("refused.bin").waitFor(WAIT);
	await page.unroute(/partNumber=2/);
	check("tried again by the keyboard, it sends only what is missing, for the same document",
		await stored("refused.bin") === hash && count("PUT part 1") === 1 && count("POST rpc/create_upload") === 1, sent);
	await done();

	refuse = true;
	await page.route(/\/documents\/[^?]*\?.*X-Amz-Signature/, (route) =>
		refuse && route.request().method() === "PUT" ? route.fulfill(refusal) : route.continue());
	await choose(file("again.txt", "text/plain", Buffer.from("again")));
	await button("Upload 1 file").click();
	await said("message", "again.txt was not uploaded. The storage refuses the file");
	refuse = false;
	await press("Retry upload");
	await card("again.txt").waitFor(WAIT);
	await page.unroute(/\/documents\/[^?]*\?.*X-Amz-Signature/);
	check("so does a small one", count("POST rpc/create_upload") === 1 && count("PUT object") === 2, sent);
	await done();

	await page.route(/\/rpc\/create_upload$/, (route) => route.continue({
		postData: JSON.stringify({ ...route.request().postDataJSON(), type: "none" }) }));
	await choose(file("typeless.txt", "text/plain", Buffer.from("no")));
	await button("Upload 1 file").click();
	await said("message", "typeless.txt was not uploaded. The type must be one like image/png");
	check("what the database refuses is told in words too", await card("typeless.txt").count() === 0);
	await page.unroute(/\/rpc\/create_upload$/);
	await button("Remove typeless.txt").click();

	await page.route(/partNumber=2/, () => {});
	const ended = page.waitForResponse((r) => r.request().method() === "DELETE", WAIT);
	const second = page.waitForRequest(/partNumber=2/, WAIT);
	await choose(large("cancelled.bin").path);
	await button("Upload 1 file").click();
	await second;
	await button("Remove cancelled.bin").or(button("Cancel")).first().click();
	check("a cancelled upload ends at the storage too", (await ended).status() === 204 && await card("cancelled.bin").count() === 0);
	await page.unroute(/partNumber=2/);
}

async function afterwards() {
	await page.emulateMedia({ colorScheme: "light" });
	const before = await href("red.png");
	await page.waitForTimeout(1100);
	await page.reload();
	await card("red.png").waitFor(WAIT);
	check("after a reload all is there once, by fresh links",
		await page.locator("#gallery li").count() === 9 && before !== await href("red.png"), await page.locator("#gallery li").count());
	const download = page.waitForEvent("download", WAIT);
	await card("red.png").locator("a").click();
	check("a click downloads, under its name", (await download).suggestedFilename() === "red.png");

	const id = /documents\/([0-9a-f-]{36})/.exec(await href("red.png"))[1];
	check("an image's src may be the redirect, where a proxy takes the token from a cookie", await page.evaluate(
		async ([source, token]) => {
			document.cookie = `token=${token}; path=/; SameSite=Strict`;
			const image = new Image();
			image.src = source;
			await image.decode();
			document.cookie = "token=; path=/; max-age=0";
			return image.naturalWidth === 64;
		}, [`/rpc/open?id=${id}`, process.env.TOKEN]));

	// a file that was chosen and not uploaded is kept for this person alone
	const become = async (token) => {
		await page.evaluate((token) => sessionStorage.setItem("token", token), token);
		await page.reload();
	};
	await choose(file("left.txt", "text/plain", Buffer.from("left")));
	await page.waitForTimeout(1000);
	await become(process.env.OTHER_TOKEN);
	await page.getByText("Nothing yet.").waitFor(WAIT);
	await page.waitForTimeout(500);
	check("a file that a person has chosen is not there for another", await page.getByText("left.txt").count() === 0);
	await become(process.env.TOKEN);
	await page.getByText("left.txt").first().waitFor(WAIT);
	check("and for that person it is there after a reload", true);
	await button("Sign out").click();
	await page.reload();
	check("who has signed out stays so", await page.isVisible("#token"));
	await page.fill("#token", process.env.OTHER_TOKEN);
	await page.keyboard.press("Enter");
	await page.getByText("Nothing yet.").waitFor(WAIT);
	await page.waitForTimeout(500);
	check("another person sees nothing of it, nor a file that was left", await page.locator("#gallery li").count() === 0 &&
		await page.getByText("left.txt").count() === 0);
}

for (const part of [signIn, small, pauseAndResume, offline, reload, trouble, afterwards]) {
	try {
		await part();
	} catch (error) {
		check(part.name, false, error.message);
		if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/stuck.png`, fullPage: true });
		break;
	}
}
check("no script failed, no markup ran, and the focus was always seen", problems.length === 0, problems);
plan();
await browser.close();
process.exit(failed ? 1 : 0);
