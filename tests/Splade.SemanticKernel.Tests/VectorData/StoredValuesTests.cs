using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>What comes back of values, also if their property has become another.</summary>
public sealed class StoredValuesTests : IDisposable
{
    // Of each type a value.
    private static readonly Dictionary<Type, object> Values = new object[]
    {
        "text", true, (byte)7, (short)-300, 70_000, 5_000_000_000, 1.5f, 2.5, -0.25m, new Guid("603840bf-cf91-4521-8b8e-8b6a2e75910a"),
        new DateTime(2020, 1, 2, 3, 4, 5), new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), new DateOnly(2020, 1, 2), new TimeOnly(3, 4),
        new[] { "a", "b" }, new List<int> { 1, 2 }, new List<DateTime>(),
    }.ToDictionary(value => value.GetType());

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-values-").FullName;

    [Fact]
    public async Task GetAsync_TypesOfPropertiesChanged_ReadsThemOrNamesKeyAndProperty()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            foreach ((Type type, object value) in Values)
            {
                SpladeDynamicCollection collection = Open(storage, type, type);
                await collection.EnsureCollectionExistsAsync();
                await collection.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "the-key", ["Value"] = value });
            }
        }

        int read = 0;
        using var again = new SpladeVectorStorage(_folder);
        foreach ((Type before, object value) in Values)
        {
            foreach (Type after in Values.Keys)
            {
                SpladeDynamicCollection collection = Open(again, before, after);
                try
                {
                    Dictionary<string, object?> found = await collection.GetAsync(r => true, 9).SingleAsync();
                    Assert.IsType(after, found["Value"]);
                    Assert.True(before != after || (value as System.Collections.IEnumerable ?? new[] { value }).Cast<object>()
                        .SequenceEqual((found["Value"] as System.Collections.IEnumerable ?? new[] { found["Value"]! }).Cast<object>()));
                    read++;
                }
                catch (VectorStoreException e)
                {
                    Assert.NotEqual(before, after);
                    Assert.Contains("'the-key'", e.Message, StringComparison.Ordinal);
                    Assert.Contains("'Value'", e.Message, StringComparison.Ordinal);
                    Assert.Contains(after.Name, e.Message, StringComparison.Ordinal);
                    await Assert.ThrowsAsync<VectorStoreException>(() => collection.GetAsync("the-key"));
                    await Assert.ThrowsAsync<VectorStoreException>(
                        () => collection.GetAsync(r => (string)r["Id"]! != "b" && r["Value"] != null, 9).ToArrayAsync().AsTask());
                }
            }
        }

        Assert.InRange(read, Values.Count, Values.Count * Values.Count / 2);
    }

    [Fact]
    public async Task GetAsync_LongTextWhereANumberIsExpected_IsToldInPart()
    {
        using var storage = new SpladeVectorStorage();
        SpladeDynamicCollection texts = Open(storage, typeof(string), typeof(string));
        await texts.EnsureCollectionExistsAsync();
        await texts.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "a", ["Value"] = new string('x', 100_000) });

        var e = await Assert.ThrowsAsync<VectorStoreException>(() => Open(storage, typeof(string), typeof(int)).GetAsync("a"));

        Assert.InRange(e.Message.Length, 100, 400);
    }

    [Fact]
    public async Task UpsertAsync_Decimals_ComeBackWithSignAndDigits()
    {
        using var storage = new SpladeVectorStorage(_folder);
        SpladeDynamicCollection collection = Open(storage, typeof(List<decimal>), typeof(List<decimal>));
        List<decimal> values = [-0.0m, 0.0m, -0m, 0m, new decimal(0, 0, 0, true, 28), 1.10m, -1.100m, decimal.MinValue, decimal.MaxValue, 1e-28m];
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "a", ["Value"] = values });

        var found = (List<decimal>)(await collection.GetAsync("a"))!["Value"]!;

        Assert.Equal(values.Select(decimal.GetBits), found.Select(decimal.GetBits));
    }

    [Fact]
    public async Task UpsertAsync_EmptyVector_CountsAsNone()
    {
        using var storage = new SpladeVectorStorage();
        var collection = new SpladeCollection<string, Vectors>(storage, "vectors");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Vectors { Id = "a", Nullable = ReadOnlyMemory<float>.Empty, Array = [] });

        Vectors found = (await collection.GetAsync("a", new() { IncludeVectors = true }))!;

        Assert.Null(found.Nullable);
        Assert.Null(found.Array);
        Assert.True(found.Plain.IsEmpty);
        Assert.Empty(await collection.SearchAsync(new float[] { 1, 2 }, 9, new() { VectorProperty = v => v.Nullable }).ToArrayAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SpladeDynamicCollection Open(SpladeVectorStorage storage, Type name, Type type) => new(storage, name.ToString(), new()
    {
        Definition = new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(string)), new VectorStoreDataProperty("Value", type)],
        },
    });

    private sealed class Vectors
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float>? Nullable { get; set; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float> Plain { get; set; }

        [VectorStoreVector(2)]
        public float[]? Array { get; set; }
    }
}
