// Redacting reads no byte of a text more often than a constant allows, whatever the text.
#include "redacted.hpp"

#include <random>

namespace s3sign::test {
namespace {

std::size_t steps(std::string_view text) {
    redact::pace p;
    std::string out(redact::redacted_size(text.size()), '\0');
    redact::put_redacted(out.data(), text, p);
    return p.steps();
}

std::string repeated(std::string_view piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    return text;
}

// Steps for each byte, at most; and the same for a text that is four times as large.
void expect_linear(std::string_view piece) {
    constexpr double most = 40, growth = 1.5;
    const auto for_each_byte = [&](std::size_t size) {
        const std::string text = repeated(piece, size);
        return static_cast<double>(steps(text)) / static_cast<double>(text.size());
    };
    const double small = for_each_byte(4096), large = for_each_byte(16384);
    EXPECT_LE(large, most) << piece;
    EXPECT_LE(large, growth * small) << piece;
}

TEST(redact_steps, pairs) {
    for (const std::string_view a : tokens)
        for (const std::string_view b : tokens) expect_linear(std::string(a).append(b));
}

TEST(redact_steps, triples) {
    std::mt19937 random(1);
    const auto any = [&] { return tokens[random() % std::size(tokens)]; };
    for (int i = 0; i < 500; i++) expect_linear(std::string(any()).append(any()).append(any()));
}

// An escape within an escape, with and without an end; longer ones end shorter ones, not vice
// versa.
TEST(redact_steps, nested) {
    for (const std::string_view level :
         {"\\", "%25", "%5C", "&amp;", "amp;", "*", " ", "\n", "-"}) {
        for (const std::string_view name :
             {"value=", "signature=", "Signature:\n", "://", "AWS "}) {
            for (const std::string_view end : {"\"", "22", "quot;", "@", "'"}) {
                std::string text(name);
                const std::string tail = repeated(level, 20000);
                EXPECT_LE(steps(text + tail + std::string(end)), 40 * tail.size()) << level;
                text.clear();
                for (std::size_t i = 0; text.size() < 20000; i++)
                    text.append(name).append(repeated(level, i)).append(end);
                EXPECT_LE(steps(text), 40 * text.size()) << name << level << end;
            }
        }
    }
}

// A look-ahead that fails late, again and again.
TEST(redact_steps, long_look_aheads) {
    for (const std::string_view piece : {"\"signature\" ",
                                         "\"signature\" a",
                                         "\"signature\" a=\"signature\" ",
                                         "signature\" type=\"signature",
                                         "\"signature\", \"a\": ",
                                         "\"signature\",\"signature\":",
                                         "signature</signature><signature ",
                                         "</b><value secret</secret><value ",
                                         "\"signature\"\ncontent-signature:signature",
                                         "--secret-key aB1",
                                         "value=\"a\" name=\"",
                                         "value=\"secret\" value=\"",
                                         "AWS a:secret:",
                                         "token=token-token_token/",
                                         "secret=env.secret.secret.",
                                         "secret=$a$a$",
                                         "secret=$A$aB1$",
                                         "secret=$a$",
                                         "secret='a''",
                                         "secret=a",
                                         "\"\"\"\"secret\"\"\"\"",
                                         "token=ey.ey.",
                                         "secret: secret secret",
                                         "x: ://****@****@"})
        expect_linear(piece);
    expect_linear("://" + std::string(5000, '*') + std::string(5000, '@'));
}

TEST(redact_steps, pauses) {
    static int pauses;
    pauses = 0;
    redact::pace p([] { pauses++; });
    const std::string text(10 * redact::pace::interval, 'x');
    std::string out(redact::redacted_size(text.size()), '\0');
    redact::put_redacted(out.data(), text, p);
    EXPECT_EQ(pauses, 10);
}

}  // namespace
}  // namespace s3sign::test
