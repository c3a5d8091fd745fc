// The same secret as URLs, languages and their logs write it.
#include "redacted.hpp"

namespace s3sign::test {
namespace {

TEST(redact, escaped) {
    check({
        {R"({"x-amz-security-token":"abc\/S","a":1})", R"({"x-amz-security-token":"***","a":1})"},
        {R"({"Signature":"ab\/S=","policy":"eyJ\/S"})", R"({"Signature":"***","policy":"***"})"},
        {R"("a?Signature=ab\/c\u002Bd\u0026b=c")", R"("a?Signature=***\u0026b=c")"},
        {R"("a?X-Amz-Credential\u003dAK\u0026X-Amz-Signature\u003dS\u0026b")",
         R"("a?X-Amz-Credential\u003d***\u0026X-Amz-Signature\u003d***\u0026b")"},
        {R"({"log":"a\nSignature: S\r\nCredential=S\tSignature=S"})",
         R"({"log":"a\nSignature: ***\r\nCredential=***\tSignature=***"})"},
        {R"("\u003fSignature=S" "\x3fSignature=S")",
         R"("\u003fSignature=***" "\x3fSignature=***")"},
        {R"({\\\"x-amz-signature\\\":\\\"S\\\",\\\"key\\\":1})",
         R"({\\\"x-amz-signature\\\":\\\"***\\\",\\\"key\\\":1})"},
        {R"({\x22x-amz-signature\x22:\x22S\x22,)", R"({\x22x-amz-signature\x22:\x22***\x22,)"},
        {"%22x-amz-signature%22%3A%22S%22%7D", "%22x-amz-signature%22%3A%22***%22%7D"},
        {"X-Amz-Signature&#61;S&#43;T&amp;a=b", "X-Amz-Signature&#61;***&amp;a=b"},
        {"Signature&#x3d;S&#x2F;T&#38;a=b", "Signature&#x3d;***&#38;a=b"},
        {"&quot;signature&quot;:&quot;S&quot;,", "&quot;signature&quot;:&quot;***&quot;,"},
        {"&amp;quot;signature&amp;#34;:&amp;quot;S&amp;quot;,",
         "&amp;quot;signature&amp;#34;:&amp;quot;***&amp;quot;,"},
        {"&lt;SignatureProvided&gt;S&lt;/", "&lt;SignatureProvided&gt;***&lt;/"},
    });
}

TEST(redact, logs_of_languages) {
    check({
        {"DEBUG Signature:\nS", "DEBUG Signature:\n***"},
        {"Signature:\r\nS\r\nDEBUG a b", "Signature:\r\n***\r\nDEBUG a b"},
        {"{'X-Amz-Security-Token': b'S', 'Authorization': u'Basic S'}",
         "{'X-Amz-Security-Token': b'***', 'Authorization': u'Basic ***'}"},
        {"'Authorization': b'AWS4-HMAC-SHA256 Credential=AK, Signature=S'",
         "'Authorization': b'AWS4-HMAC-SHA256 Credential=***, Signature=***'"},
        {R"("x-amz-security-token": ["S"])", R"("x-amz-security-token": ["***"])"},
        {"'x-amz-security-token': [ 'S' ]", "'x-amz-security-token': [ '***' ]"},
        {"map[Host:[h] X-Amz-Security-Token:[S]]", "map[Host:[h] X-Amz-Security-Token:[***]]"},
        {R"("X-Amz-Security-Token":[]string{"S"})", R"("X-Amz-Security-Token":[]string{"***"})"},
        {"[ 'X-Amz-Security-Token', 'S', 'a', 'b' ]",
         "[ 'X-Amz-Security-Token', '***', 'a', 'b' ]"},
        {R"({"X-Amz-Signature"=>"S"})", R"({"X-Amz-Signature"=>"***"})"},
        {"    [X-Amz-Signature] => S\n", "    [X-Amz-Signature] => ***\n"},
        {"fields['x-amz-signature'] = 'S'", "fields['x-amz-signature'] = '***'"},
        {"x-amz-signature = S", "x-amz-signature = ***"},
        {R"({"name":"X-Amz-Signature","value":"S"})",
         R"({"name":"X-Amz-Signature","value":"***"})"},
        {R"({"value": "S", "name": "X-Amz-Signature"})",
         R"({"value": "***", "name": "X-Amz-Signature"})"},
        {R"({"name": "Authorization", "value": "AWS AK:S"})",
         R"({"name": "Authorization", "value": "AWS ***"})"},
        {"`X-Amz-Signature`: `S`", "`X-Amz-Signature`: `***`"},
    });
}

}  // namespace
}  // namespace s3sign::test
