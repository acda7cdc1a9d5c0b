using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Which hosts belong to one owner, as far as their names tell.</summary>
public sealed class RegistrableDomainTests
{
    [Theory]
    [InlineData("registry.example.com", "auth.example.com", true)]
    [InlineData("example.com", "auth.example.com", true)]
    [InlineData("a.b.example.com", "c.example.com", true)]
    [InlineData("REGISTRY.example.com", "auth.EXAMPLE.com", true)]
    [InlineData("registry.example.com.", "auth.example.com", true)]
    [InlineData("registry.example.io", "auth.example.io", true)]
    [InlineData("one.co.com", "two.co.com", true)]
    [InlineData("registry.example.com", "auth.example.net", false)]
    [InlineData("example.com", "other.com", false)]
    [InlineData("harbor", "harbor", false)]
    [InlineData("com", "com", false)]
    [InlineData("co.uk", "co.uk", false)]
    [InlineData("azurecr.io", "one.azurecr.io", false)]
    [InlineData("10.0.0.1", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "20.1.0.1", false)]
    [InlineData("[::1]", "[::1]", false)]
    public void Hosts_share_a_domain_that_one_owner_registers(string one, string other, bool isShared)
    {
        Assert.Equal(isShared, RealmPolicy.ShareRegistrableDomain(one, other));
        Assert.Equal(isShared, RealmPolicy.ShareRegistrableDomain(other, one));
    }

    [Theory]
    [InlineData("azurecr.io")]
    [InlineData("amazonaws.com")]
    [InlineData("cloudfront.net")]
    [InlineData("github.io")]
    [InlineData("gitlab.io")]
    [InlineData("herokuapp.com")]
    [InlineData("azurewebsites.net")]
    [InlineData("blob.core.windows.net")]
    [InlineData("pkg.dev")]
    [InlineData("googleapis.com")]
    [InlineData("run.app")]
    [InlineData("web.app")]
    [InlineData("firebaseapp.com")]
    [InlineData("fly.dev")]
    [InlineData("vercel.app")]
    [InlineData("netlify.app")]
    [InlineData("pages.dev")]
    [InlineData("workers.dev")]
    [InlineData("ngrok.io")]
    [InlineData("ngrok-free.app")]
    [InlineData("onrender.com")]
    [InlineData("cloudapp.net")]
    [InlineData("scw.cloud")]
    [InlineData("ocir.io")]
    [InlineData("digitaloceanspaces.com")]
    [InlineData("ondigitalocean.app")]
    [InlineData("AzureCR.io")]
    public void Customers_of_a_cloud_are_strangers_to_each_other(string suffix)
    {
        Assert.False(RealmPolicy.ShareRegistrableDomain($"one.{suffix}", $"other.{suffix}"));
        Assert.True(RealmPolicy.ShareRegistrableDomain($"registry.one.{suffix}", $"auth.one.{suffix}"));
    }

    [Theory]
    [InlineData("ac.uk")]
    [InlineData("co.uk")]
    [InlineData("com.au")]
    [InlineData("edu.au")]
    [InlineData("go.jp")]
    [InlineData("gob.mx")]
    [InlineData("gov.uk")]
    [InlineData("gv.at")]
    [InlineData("ltd.uk")]
    [InlineData("mil.br")]
    [InlineData("ne.jp")]
    [InlineData("net.au")]
    [InlineData("nom.br")]
    [InlineData("or.at")]
    [InlineData("org.uk")]
    [InlineData("sch.uk")]
    [InlineData("CO.UK")]
    public void A_country_registers_names_one_level_deeper(string suffix)
    {
        Assert.False(RealmPolicy.ShareRegistrableDomain($"one.{suffix}", $"other.{suffix}"));
        Assert.True(RealmPolicy.ShareRegistrableDomain($"registry.one.{suffix}", $"auth.one.{suffix}"));
    }
}
