// links.mjs - an article with links to pictures, signed by s3sign_links, in headless Chromium. Prints
// TAP.
//
// Environment: PLAYWRIGHT_CORE and CHROMIUM as for upload.mjs; PGDATABASE and so on, a database that
// has the extension in the schema s3; S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID and
// S3_SECRET_ACCESS_KEY of the storage.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { check, failed, plan, png } from "./support.mjs";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT_CORE);
const ALLOWED = ["articles/red (1).png", "articles/grün & blau.png"];
const REFUSED = "private/payroll.png";
const link = (key) => `s3://${process.env.S3_BUCKET}/${encodeURIComponent(key).replaceAll("%2F", "/")
	.replace(/[()]/g, (c) => c === "(" ? "%28" : "%29")}`;
// Markdown, which may have HTML in it
const BODY = `# Pictures

<img alt="html" src="${link(ALLOWED[0])}">
![markdown](${link(ALLOWED[1])} "A title")
![refused](${link(REFUSED)})
`;

// The result of a statement, in which :'name' is that variable's value.
function sql(statement, variables = {}) {
	const given = Object.entries(variables).flatMap(([name, value]) => ["-v", `${name}=${value}`]);
	return execFileSync("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", ...given], {
		input: statement, encoding: "utf8", env: { ...process.env, PGOPTIONS: "-c search_path=s3,public" } }).slice(0, -1);
}

sql(String.raw`
\getenv endpoint S3_ENDPOINT
\getenv region S3_REGION
\getenv bucket S3_BUCKET
\getenv access_key_id S3_ACCESS_KEY_ID
\getenv secret_access_key S3_SECRET_ACCESS_KEY
CREATE SERVER articles FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', methods 'get,put');
CREATE USER MAPPING FOR PUBLIC SERVER articles
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
CREATE TABLE public.articles (body text, attachments text[]);
`);
for (const key of [...ALLOWED, REFUSED]) {
	const url = sql("SELECT s3sign_put('articles', :'key', 60)", { key });
	const { status } = await fetch(url, { method: "PUT", body: png(30, 160, 30) });
	check(`${key} is uploaded`, status === 200, status);
}
sql("INSERT INTO articles SELECT :'body', array_agg(key) FROM jsonb_array_elements_text(:'keys') AS key",
	{ body: BODY, keys: JSON.stringify(ALLOWED) });

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await browser.newPage();

// The pictures of a text, {alt: [src, width that the browser shows]}: its HTML as it is, and the
// images of Markdown.
async function render(text) {
	await page.setContent(text.replace(/!\[(\w+)\]\((\S+?)(?: "([^"]*)")?\)/g, '<img alt="$1" src="$2" title="$3">'));
	return page.evaluate(async () => {
		await Promise.allSettled([...document.images].map((image) => image.decode()));
		return Object.fromEntries([...document.images].map((i) => [i.alt, [i.getAttribute("src"), i.naturalWidth]]));
	});
}

const signed = (age) => sql(`SELECT s3sign_links('articles', body, attachments, 60, signed_at => now() - :'age'::interval)
	FROM articles`, { age });
const stored = () => sql("SELECT body FROM articles");
const isShown = (shown) => shown.html[1] === 64 && shown.markdown[1] === 64;
const isRefused = ({ refused: [src, width] }) => src === link(REFUSED) && width === 0;

let shown = await render(signed("0"));
check("the pictures of an article are shown, from HTML and from Markdown", isShown(shown), shown);
check("a link to a key that is not allowed stays, and shows nothing", isRefused(shown), shown);

const expired = signed("1 hour");
shown = await render(expired);
check("an hour later they are not", shown.html[1] === 0 && shown.markdown[1] === 0 &&
	shown.html[0].includes("X-Amz-Signature="), shown);
sql("UPDATE articles SET body = s3sign_unsign('articles', :'expired')", { expired });
check("s3sign_unsign stores what was written", stored() === BODY, stored());
shown = await render(signed("0"));
check("signed again, they are shown", isShown(shown) && isRefused(shown), shown);

plan();
await browser.close();
process.exit(failed ? 1 : 0);
