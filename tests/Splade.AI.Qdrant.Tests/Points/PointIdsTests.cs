using System.Text.Json;
using Splade.AI.Qdrant.Points;
using Splade.AI.VectorFormats;

namespace Splade.AI.Qdrant.Tests.Points;

public sealed class PointIdsTests
{
    [Fact]
    public void Of_Ids_AreThoseOfTheFormat()
    {
        string[] ids = ["7", "18446744073709551615", "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "d 1", "é"];
        string bulk = SparseVectorFormat.Parse("qdrant").ToBulk(ids.Select(id => KeyValuePair.Create(id, new SparseVector([1], [1], 3))));
        JsonElement points = JsonDocument.Parse(bulk).RootElement.GetProperty("points");
        Assert.Equal(ids.Select(new PointIds(null).Of), points.EnumerateArray().Select(point => point.GetProperty("id").GetGuid()));
    }

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
