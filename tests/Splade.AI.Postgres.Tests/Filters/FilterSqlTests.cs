using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Filters;

public sealed class FilterSqlTests
{
    [PostgresFact]
    public async Task Count_NamesAndValuesOfAnyText_MatchAsTheFilterDoes()
    {
        string[] texts = ["a.b", "$[*]", "\"", "'; drop table x; --", "\\", "{}", "漢字", "🌍", " ", "?", "$1", "@", "l", "t"];
        var random = new Random(2);
        MetadataValue Value() => random.Next(6) switch
        {
            0 => texts[random.Next(texts.Length)],
            1 => random.Next(3),
            2 => 0.1 + random.Next(3),
            3 => random.Next(2) == 0,
            4 => new DateTimeOffset(2024, 1, 1, 0, 0, random.Next(2), TimeSpan.FromHours(random.Next(3))).AddTicks(random.Next(3)),
            _ => MetadataValue.FromList([texts[random.Next(texts.Length)], random.Next(3), random.Next(2) == 0]),
        };
        HybridRecord[] records = [.. Enumerable.Range(0, 150).Select(i => TestStore.Point($"r{i}", 1, 0, texts.Where(_ => random.Next(3) > 0).ToDictionary(text => text, _ => Value())))];
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        await sut.UpsertAsync(records);
        for (int i = 0; i < 40; i++)
        {
            MetadataFilter filter = Make(3);
            Assert.True(records.Count(record => filter.Matches(record.Metadata)) == await sut.CountAsync(filter), $"{filter}");
        }

        MetadataFilter Make(int depth)
        {
            string field = texts[random.Next(texts.Length)];
            MetadataValue value = Value(), bound = texts[random.Next(texts.Length)];
            return random.Next(depth > 0 ? 9 : 5) switch
            {
                0 => MetadataFilter.In(field, value, Value()),
                1 => MetadataFilter.Exists(field),
                2 => MetadataFilter.Between(field, "A", bound),
                3 => MetadataFilter.AtLeast(field, random.Next(3)),
                4 => MetadataFilter.Below(field, new DateTimeOffset(2024, 1, 1, 0, 0, 1, TimeSpan.FromHours(1)).AddTicks(1)),
                5 => !Make(depth - 1),
                6 => MetadataFilter.Any([.. Enumerable.Range(0, random.Next(3)).Select(_ => Make(depth - 1))]),
                _ => MetadataFilter.All([.. Enumerable.Range(0, random.Next(3)).Select(_ => Make(depth - 1))]),
            };
        }
    }

    // A statement takes 65,535 parameters.
    [PostgresFact]
    public async Task Count_MoreValuesThanAStatementHasParameters_IsAnswered()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        await sut.UpsertAsync(Enumerable.Range(0, 3).Select(i => TestStore.Point($"r{i}", 1, 0, new Dictionary<string, MetadataValue> { ["n"] = i, ["t"] = $"{i}" })));
        Assert.Equal(2, await sut.CountAsync(MetadataFilter.In("n", Enumerable.Range(1, 70_000).Select(i => (MetadataValue)i))));
        Assert.Equal(1, await sut.CountAsync(!MetadataFilter.In("t", Enumerable.Range(1, 70_000).Select(i => (MetadataValue)$"{i}"))));
        Assert.Equal(0, await sut.CountAsync(MetadataFilter.In("t", Enumerable.Range(1, 70_000).Select(i => (MetadataValue)i))));
    }

    [PostgresFact]
    public async Task List_SortedByTextsOfTwoPlanes_GoesByCodePoints()
    {
        // Where UTF-16 would put U+1F30D before U+FFFD.
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        await sut.UpsertAsync(new[] { "🌍", "\uFFFD", "é", "Z", "a" }.Select(text => TestStore.Point(text, 1, 0, new Dictionary<string, MetadataValue> { ["f"] = text })));
        Assert.Equal(["Z", "a", "é", "\uFFFD", "🌍"], await sut.ListAsync(new HybridListOptions { Sort = [new("f")] }).Select(record => record.Id).ToListAsync());
        Assert.Equal(1, await sut.CountAsync(MetadataFilter.Above("f", "\uFFFD")));
    }

    [PostgresFact]
    public async Task List_WhileOthersWrite_ShowsOneMoment()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        await sut.UpsertAsync(Enumerable.Range(0, 300).Select(i => TestStore.Point($"r{i}", i)));
        int listed = 0;
        await foreach (HybridRecord record in sut.ListAsync())
        {
            if (listed++ == 10)
            {
                await sut.DeleteAsync(["r200"]);
                await sut.UpsertAsync([TestStore.Point("new", 1), TestStore.Point("r5", 1)]);
            }
        }

        Assert.Equal(300, listed);
        await Assert.ThrowsAsync<ArgumentException>(async () => await sut.ListAsync(new HybridListOptions { After = "r200" }).ToListAsync());
        await Assert.ThrowsAsync<NotSupportedException>(async () => await sut.ListAsync(new HybridListOptions { After = "r1", Sort = [new("f")] }).ToListAsync());
    }
}
