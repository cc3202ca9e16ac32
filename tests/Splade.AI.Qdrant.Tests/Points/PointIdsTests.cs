using Splade.AI.Qdrant.Points;

namespace Splade.AI.Qdrant.Tests.Points;

public sealed class PointIdsTests
{
    // The example of RFC 9562, A.4: the namespace of DNS names.
    [Fact]
    public void Make_ExampleOfTheStandard_IsItsUuid() => Assert.Equal(
        new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), PointIds.Make(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Fact]
    public void Of_IdsAndTenants_StayApart()
    {
        Guid[] ids = [.. new[] { null, "a", "b" }.SelectMany(tenant => new[] { "1", "2", "é", "e\u0301" }.Select(new PointIds(tenant).Of))];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], new PointIds(null).Of("1"));
    }

    [Fact]
    public void Of_HalfASurrogatePair_IsRefused() => Assert.Contains("position 1 of the id", Assert.Throws<ArgumentException>(() => new PointIds(null).Of("a\ud83c")).Message);
}
