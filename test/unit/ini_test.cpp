#include "s3/ini.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::parse_ini;
using test::refuses;

// «section/name=value», with `+` where the value is continued.
std::vector<std::string> options_of(std::string_view text) {
    std::vector<std::string> list;
    for (const s3::ini_option& o : parse_ini(text).options)
        list.push_back(std::string(o.section) + "/" + std::string(o.name) + "=" +
                       std::string(o.value) + (o.continued ? "+" : ""));
    return list;
}

using list = std::vector<std::string>;

// As botocore's raw_config_parse() reads them; test/credentials/run compares many more.
TEST(ini, options) {
    EXPECT_EQ(options_of(""), list{});
    EXPECT_EQ(options_of("\n# a\n; b\n"), list{});
    EXPECT_EQ(options_of("[a]\nb=c"), list{"a/b=c"});
    EXPECT_EQ(options_of("[a]\nb=c\r\nd = e \r# f\rg:h"), (list{"a/b=c", "a/d=e", "a/g=h"}));
    EXPECT_EQ(options_of("[a]\nB c : d=e\nf=g:h"), (list{"a/B c=d=e", "a/f=g:h"}));
    EXPECT_EQ(options_of("[a]\nb=\"c\" # d\ne= ;f"), (list{"a/b=\"c\" # d", "a/e=;f"}));
    EXPECT_EQ(options_of("[a]\nb=\n[c]\nb=d"), (list{"a/b=", "c/b=d"}));
    EXPECT_EQ(options_of("[a]\n\u00a0b\u2003=\u3000c\x1f\n"), list{"a/b=c"});
    EXPECT_EQ(options_of("  [a]\n    b=c\n  d=e\n"), (list{"a/b=c", "a/d=e"}));
}

TEST(ini, sections) {
    const auto sections = [](std::string_view text) {
        const auto views = parse_ini(text).sections;
        return list(views.begin(), views.end());
    };
    EXPECT_EQ(sections("[a]\n[ a ]\n[A]\n"), (list{"a", " a ", "A"}));
    EXPECT_EQ(sections("[a] # b\n[c]d=e\n[f]g]h\n"), (list{"a", "c", "f]g"}));
    EXPECT_EQ(options_of("[a]\n[]=b\n[c=d\n"), (list{"a/[]=b", "a/[c=d"}));
    EXPECT_EQ(options_of("[DEFAULT]\na=b\n[DEFAULT]\nc=d"), (list{"DEFAULT/a=b", "DEFAULT/c=d"}));
}

TEST(ini, continuation_lines) {
    EXPECT_EQ(options_of("[a]\nb=c\n d\n"), list{"a/b=c+"});
    EXPECT_EQ(options_of("[a]\nb=c\n\n# x\n d=e\nf=g"), (list{"a/b=c+", "a/f=g"}));
    EXPECT_EQ(options_of("[a]\n b=c\n d=e\n  f=g\n"), (list{"a/b=c", "a/d=e+"}));
    EXPECT_EQ(options_of("[a]\nb=c\n [d]\n"), list{"a/b=c+"});
    EXPECT_EQ(options_of("[a]\nb=\n c=d\n"), list{"a/b=+"});
    EXPECT_EQ(options_of("[a]\nb=c\n \n  # x\n"), list{"a/b=c"});
    // a section has no continuation
    EXPECT_EQ(options_of("[a]\n b=c\n"), list{"a/b=c"});
}

TEST(ini, refuses_what_botocore_refuses) {
    for (const std::string_view text : {"a=b\n",
                                        "x\n[a]\n",
                                        "[]\n",
                                        "[a\n",
                                        "[a]\nb\n",
                                        "[a]\n=b\n",
                                        "[a]\n:b\n",
                                        "[a]\n[a]\n",
                                        "[a]\n[b]\n[a]\n",
                                        "[a]\nb=c\nb=c\n",
                                        "[a]\nb=c\nB=d\n",
                                        "[DEFAULT]\na=b\n[DEFAULT]\nA=c\n",
                                        "\xef\xbb\xbf[a]\nb=c\n",
                                        "\xef\xbb\xbf# a\n",
                                        "\xef\xbb\xbf",
                                        "[a]\nb=\xff\n",
                                        "[a]\nb=\xed\xa0\x80\n",
                                        "[a]\nb=\n c\n",
                                        "[a]\nb=\n c=d\n e\n",
                                        "[a]\nb=\n c=d\x1c e\n"})
        EXPECT_TRUE(refuses(code::io_error, "credentials file ", [&] { parse_ini(text); })) << text;
}

TEST(ini, messages_name_the_line_and_not_what_is_in_it) {
    EXPECT_TRUE(refuses(code::io_error, "credentials file has neither \"=\" nor \":\" in line 3",
                        [] { parse_ini("[a]\r\nb=c\r\nSECRET\r\n"); }));
    EXPECT_TRUE(refuses(code::io_error, "credentials file has no profile before the text in line 2",
                        [] { parse_ini("\nSECRET=a\n"); }));
}

TEST(ini, is_linear) {
    const std::string many(65536, '[');
    EXPECT_TRUE(refuses(code::io_error, "", [&] { parse_ini(many); }));
    std::string options = "[a]\n";
    for (int i = 0; options.size() < 65536; i++) options += std::to_string(i) + "=\n";
    EXPECT_GT(parse_ini(options).options.size(), 8000u);
}

}  // namespace
}  // namespace s3sign
