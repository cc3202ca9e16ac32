using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

public sealed class QdrantPointIdTests
{
    // The example of RFC 9562, A.4: the namespace of DNS names.
    [Fact]
    public void Make_ExampleOfTheStandard_IsItsUuid() => Assert.Equal(
        new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), QdrantPointId.Make(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    // Collections hold them: they must never change.
    [Theory]
    [InlineData("d 1", null, "73778500-6c48-55c4-8098-b02f253619aa")]
    [InlineData("7", null, "b988b531-e3ca-5c4f-aecf-5548e4c79489")]
    [InlineData("d 1", "alice", "b88cfb5f-a6f9-5662-b28a-bb370a597bfe")]
    public void Of_IdsAndTenants_AreForEver(string id, string? tenant, string uuid) => Assert.Equal(new Guid(uuid), QdrantPointId.Of(id, tenant));

    [Fact]
    public void Of_HalfASurrogatePair_IsRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => QdrantPointId.Of("a\ud83c"));
        Assert.ThrowsAny<ArgumentException>(() => QdrantPointId.Of("a", "\ud83c"));
    }
}
