using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

public sealed class RegistryCredentialTests
{
    [Fact]
    public void Credentials_are_equal_when_they_prove_the_same()
    {
        RegistryCredential credential = RegistryCredential.Basic("alice", "secret");
        Assert.Equal(credential, RegistryCredential.Basic("alice", "secret"));
        Assert.Equal(credential.GetHashCode(), RegistryCredential.Basic("alice", "secret").GetHashCode());
        Assert.True(credential.Equals((object)RegistryCredential.Basic("alice", "secret")));
        Assert.NotEqual(credential, RegistryCredential.Basic("bob", "secret"));
        Assert.NotEqual(credential, RegistryCredential.Basic("alice", "other"));
        Assert.NotEqual(RegistryCredential.Basic("", "secret"), RegistryCredential.IdentityToken("secret"));
        Assert.False(credential.Equals(null));
        Assert.False(credential.Equals((object)"alice"));
    }

    [Fact]
    public void The_Basic_scheme_encodes_user_and_password_as_UTF_8() =>
        Assert.Equal("dGVzdDoxMjPCow==", RegistryCredential.Basic("test", "123\u00a3").ToBasicParameter());

    [Fact]
    public void A_secret_is_known_in_every_form_a_server_may_send_back() => Assert.Equal(
        ["a b+c~", "a%20b%2Bc~", "YSBiK2N+", "dTphIGIrY34"],
        RegistryCredential.Basic("u", "a b+c~").Secrets);

    [Fact]
    public void Padding_is_no_part_of_a_form_and_no_form_occurs_twice() => Assert.Equal(
        ["word", "d29yZA", "OndvcmQ"],
        RegistryCredential.IdentityToken("word").Secrets);
}
