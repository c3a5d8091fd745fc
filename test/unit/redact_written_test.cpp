// Secrets as the escapes, languages and logs of others write them.
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
        {"%5C%22signature%5C%22%3A%5C%22S%5C%22%7D", "%5C%22signature%5C%22%3A%5C%22***%5C%22%7D"},
        {"%26quot%3Bsignature%26quot%3B%3A%26quot%3BS%26quot%3B",
         "%26quot%3Bsignature%26quot%3B%3A%26quot%3B***%26quot%3B"},
        // an end of the value that is encoded deeper than the sign is part of the value
        {"X-Amz-Security-Token=S%26S&a", "X-Amz-Security-Token=***&a"},
        {"X-Amz-Security-Token%3DS%2526S%26a", "X-Amz-Security-Token%3D***%26a"},
        {"https%3A%2F%2Fuser%3AS%40h%2F", "https%3A%2F%2F***%40h%2F"},
        {R"("https:\/\/user:S@h\/")", R"("https:\/\/***@h\/")"},
    });
}

// A quote in a literal, a literal in a literal, PostgreSQL's dollar quotes.
TEST(redact, literals) {
    check({
        {"OPTIONS (secret_access_key 'wJalr''XUtn', a 'b')",
         "OPTIONS (secret_access_key '***', a 'b')"},
        {"secret => 'a''b''c' AND x = 'd'", "secret => '***' AND x = 'd'"},
        {"secret_key = 'S''' || a", "secret_key = '***''' || a"},
        {"EXECUTE 'ALTER USER MAPPING FOR a SERVER b OPTIONS (SET secret_access_key ''S'')';",
         "EXECUTE 'ALTER USER MAPPING FOR a SERVER b OPTIONS (SET secret_access_key ''***'')';"},
        {"EXECUTE 'SELECT s3sign_pre_get(secret => ''a''''b'')'",
         "EXECUTE 'SELECT s3sign_pre_get(secret => ''***'')'"},
        {"'(secret_access_key ''S'''", "'(secret_access_key ''***'''"},
        {"'EXECUTE ''a(secret_key => ''''S'''')'''", "'EXECUTE ''a(secret_key => ''''***'''')'''"},
        {"\"{\"\"secretKey\"\": \"\"S\"\", \"\"a\"\": 1}\"",
         "\"{\"\"secretKey\"\": \"\"***\"\", \"\"a\"\": 1}\""},
        {"\"\"\"signature\"\":\"\"S\"\"\"", "\"\"\"signature\"\":\"\"***\"\"\""},
        {"secret = \"\"\"S\"\"\"", "secret = \"\"\"***\"\"\""},
        {"OPTIONS (secret_access_key $$S$$, session_token $t$S$t$, a 'b')",
         "OPTIONS (secret_access_key $$***$$, session_token $t$***$t$, a 'b')"},
        {"secret => $a$x$b$y$a$, b => $a$c$a$", "secret => $a$***$a$, b => $a$c$a$"},
        {"secret := $_1$S$_1$;", "secret := $_1$S$_1$;"},
        {"secret := $_1$wJalrXUtnFEMI/K7MDENG$_1$;", "secret := $_1$***$_1$;"},
        {"secret=$SECRET$wJalrXUtnFEMI/K7MDENG$SECRET$", "secret=$SECRET$***$SECRET$"},
        {"MINIO_ROOT_PASSWORD=$apr1$S/x, a", "MINIO_ROOT_PASSWORD=***, a"},
    });
}

// What temporary credentials are had with.
TEST(redact, web_identity_and_metadata) {
    check({
        {"X-aws-ec2-metadata-token-ttl-seconds: 21600\r\nX-aws-ec2-metadata-token: AQAE==\r\n",
         "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\nX-aws-ec2-metadata-token: ***\r\n"},
        {"curl -H \"X-aws-ec2-metadata-token: S\" -v http://169.254.169.254/",
         "curl -H \"X-aws-ec2-metadata-token: ***\" -v http://169.254.169.254/"},
        {"POST /?Action=AssumeRoleWithWebIdentity&WebIdentityToken=eyJ.a.b&Version=2011-06-15",
         "POST /?Action=AssumeRoleWithWebIdentity&WebIdentityToken=***&Version=2011-06-15"},
        {"'WebIdentityToken': 'eyJ.a.b', 'RoleArn': 'a'",
         "'WebIdentityToken': '***', 'RoleArn': 'a'"},
        {"Action=AssumeRoleWithLDAPIdentity&LDAPUsername=a&LDAPPassword=S&SAMLAssertion=S%3D",
         "Action=AssumeRoleWithLDAPIdentity&LDAPUsername=a&LDAPPassword=***&SAMLAssertion=***"},
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN=S\n", "AWS_CONTAINER_AUTHORIZATION_TOKEN=***\n"},
        {"{\"accessToken\": \"S\", \"refreshToken\": \"S\"}",
         "{\"accessToken\": \"***\", \"refreshToken\": \"***\"}"},
    });
}

TEST(redact, logs_of_languages) {
    check({
        {"Final computed signing hash: S", "Final computed signing hash: ***"},
        {"append('policy', 'eyJS'), append('policy', 'a')",
         "append('policy', '***'), append('policy', 'a')"},
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
        {"('Authorization', 'Basic S'), (b'x-amz-security-token', b'S')",
         "('Authorization', 'Basic ***'), (b'x-amz-security-token', b'***')"},
        {R"({:secret_access_key=>"S", secret_key: "S"})",
         R"({:secret_access_key=>"***", secret_key: "***"})"},
        {"[\"secret\"]=>\n  string(3) \"S S\"\n", "[\"secret\"]=>\n  string(3) \"***\"\n"},
        {"    [secret] => S\n", "    [secret] => ***\n"},
        {R"(s:6:"secret";s:1:"S";)", R"(s:6:"secret";s:1:"***";)"},
        {"[Authorization: Bearer S, X-Amz-Security-Token: S, Host: h]",
         "[Authorization: Bearer ***, X-Amz-Security-Token: ***, Host: h]"},
        {"{Authorization=Bearer S, x-amz-security-token=S}",
         "{Authorization=Bearer ***, x-amz-security-token=***}"},
        {"Header(name=Authorization, value=Bearer S)",
         "Header(name=Authorization, value=Bearer ***)"},
        {"{ Key = X-Amz-Signature, Value = S }", "{ Key = X-Amz-Signature, Value = *** }"},
        {"Map(Authorization -> Basic S, a -> b)", "Map(Authorization -> Basic ***, a -> b)"},
        {"map[Authorization:[Basic S] A:[b]]", "map[Authorization:[Basic ***] A:[b]]"},
    });
}

TEST(redact, name_and_value_apart) {
    check({
        {"<ArgumentName>Authorization</ArgumentName><ArgumentValue>Bearer S</ArgumentValue><a>",
         "<ArgumentName>Authorization</ArgumentName><ArgumentValue>Bearer ***</ArgumentValue><a>"},
        {"<ArgumentName>X-Amz-Credential</ArgumentName>\n  <ArgumentValue>S</ArgumentValue>",
         "<ArgumentName>X-Amz-Credential</ArgumentName>\n  <ArgumentValue>***</ArgumentValue>"},
        {"<td>Authorization</td><td class=\"code\">Bearer S</td>",
         "<td>Authorization</td><td class=\"code\">Bearer ***</td>"},
        {R"({"ArgumentName":"X-Amz-Credential","ArgumentValue":"S"})",
         R"({"ArgumentName":"X-Amz-Credential","ArgumentValue":"***"})"},
        {R"({"key":"Authorization","type":"text","enabled":true,"value":"Basic S"})",
         R"({"key":"Authorization","type":"text","enabled":true,"value":"Basic ***"})"},
        {R"({"value": "Bearer S", "key": "Authorization"})",
         R"({"value": "***", "key": "Authorization"})"},
        // the value of the name in between is hidden too
        {R"({"name": "X-Amz-Signature", "secret": "S", "value": "a"})",
         R"({"name": "X-Amz-Signature", "secret": "***", "value": "a"})"},
    });
}

}  // namespace
}  // namespace s3sign::test
