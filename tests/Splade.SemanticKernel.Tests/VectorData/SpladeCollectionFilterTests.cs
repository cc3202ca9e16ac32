using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Filters and orders give what LINQ gives of the same records, in memory, in segments and in a folder, by an index or without.</summary>
public sealed class SpladeCollectionFilterTests(EverythingFixture fixture) : IClassFixture<EverythingFixture>
{
    private const int More = EverythingFixture.Count;

    private static readonly string[] Wanted = ["x", "nothing"];
    private static readonly int[] Fives = [5, -5];
    private static readonly float NotANumber = float.NaN;
    private static readonly JsonSerializerOptions WithNumbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly DateTime Day = new DateTime(2020, 1, 2, 3, 4, 5).AddTicks(6);

    private readonly IReadOnlyList<Everything> _records = fixture.Records;

    public static TheoryData<string> Conditions => [.. All.Keys];

    // Each condition is named by its text; a name that is taken would show.
    private static Dictionary<string, Expression<Func<Everything, bool>>> All { get; } = new Expression<Func<Everything, bool>>[]
    {
        r => true,
        r => false,
        r => r.Text == "a",
        r => r.Text != "a",
        r => r.Text == null,
        r => r.Text != null && r.Text.Length > 1,
        r => r.Text == "\"quoted\" \\ <&>",
        r => r.Text == string.Empty,
        r => r.Bool,
        r => !r.Bool,
        r => r.Bool == false,
        r => r.Byte >= 1,
        r => r.Byte == 255,
        r => r.Short < 0,
        r => r.Int > 0,
        r => r.Int >= 5,
        r => 5 > r.Int,
        r => 5 <= r.Int,
        r => r.Int == int.MinValue || r.Int == int.MaxValue,
        r => !(r.Int == 5 && r.Bool),
        r => r.Int + 1 == 6,
        r => r.Int > r.Short,
        r => r.Long == long.MaxValue,
        r => r.Long > (1L << 53),
        r => r.Long < 0,
        r => r.Long <= (1L << 53),
        r => r.Float > -1.5f,
        r => r.Float < 0,
        r => r.Float == 0,
        r => r.Float != 0,
        r => !(r.Float >= 0),
        r => r.Float == NotANumber,
        r => r.Float != NotANumber,
        r => r.Float == float.PositiveInfinity,
        r => r.Float == .1f,
        r => r.Double <= double.Epsilon,
        r => r.Double > 0.05,
        r => r.Decimal > 0,
        r => r.Decimal == -1.1m,
        r => r.Guid == new Guid("603840bf-cf91-4521-8b8e-8b6a2e75910a"),
        r => r.Guid != Guid.Empty,
        r => r.DateTime == new DateTime(2020, 1, 2, 3, 4, 5),
        r => r.DateTime == Day,
        r => r.DateTime > Day,
        r => r.Offset == new DateTimeOffset(2020, 1, 1, 10, 0, 0, TimeSpan.Zero),
        r => r.Offset >= new DateTimeOffset(2020, 1, 1, 11, 0, 0, TimeSpan.FromHours(1)),
        r => r.Date == new DateOnly(2020, 2, 29),
        r => r.Time < new TimeOnly(12, 30, 45),
        r => r.Time <= new TimeOnly(12, 30, 46),
        r => r.NullableInt == null,
        r => r.NullableInt != 5,
        r => r.NullableInt > 0,
        r => !(r.NullableInt > 0),
        r => r.NullableInt.HasValue,
        r => r.NullableDouble == null,
        r => r.NullableDouble != null,
        r => r.NullableBool == true,
        r => r.NullableBool != true,
        r => r.Tags.Contains("x"),
        r => !r.Tags.Contains("x"),
        r => r.Tags.Any(tag => Wanted.Contains(tag)),
        r => r.Tags.Any(tag => tag == "z"),
        r => r.Tags.Length == 0,
        r => r.Numbers.Contains(long.MaxValue),
        r => Fives.Contains(r.Int),
        r => new[] { "a", "b" }.Contains(r.Text),
        r => new[] { "a", null }.Contains(r.Text),
        r => r.NotIndexed == "a",
        r => r.NotIndexed == "a" && r.Bool && r.Int >= 0,
        r => r.NotIndexed == "a" || r.Bool,
        r => r.Id == 7 || r.Id == 1100,
        r => r.Text!.Equals("a", StringComparison.Ordinal) || r.Bool,
        r => r.Bool && !(r.Int < 0 || r.Text == "b") && (r.Long == 0 || r.Tags.Contains("y")),
    }.Select((condition, i) => (Name: $"{i} {condition.Body}", condition)).ToDictionary(item => item.Name, item => item.condition);

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task GetAsync_Condition_GivesWhatLinqGives(string name)
    {
        // A null text has no length: LINQ would end there too, so that such conditions leave it out themselves.
        IEnumerable<Everything> records = name.Contains("Equals", StringComparison.Ordinal) ? _records.Where(record => record.Text is not null) : _records;
        Func<Everything, bool> condition = All[name].Compile();
        int[] expected = [.. records.Where(condition).Select(record => record.Id)];
        foreach (SpladeCollection<int, Everything> collection in fixture.Collections())
        {
            Expression<Func<Everything, bool>> filter = records == _records ? All[name] : WithText(All[name]);
            Assert.Equal(expected, await collection.GetAsync(filter, More).Select(record => record.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task GetAsync_AllRecords_ComeBackExactly()
    {
        foreach (SpladeCollection<int, Everything> collection in fixture.Collections())
        {
            Everything[] found = await collection.GetAsync(r => true, More).ToArrayAsync();
            Assert.Equal(_records.Select(Written), found.Select(Written));
            Assert.All(_records.Zip(found), pair => Assert.Equal(pair.First.DateTime.Kind, pair.Second.DateTime.Kind));
        }
    }

    [Fact]
    public async Task GetAsync_OrderAndSkip_GivesWhatLinqGives()
    {
        var options = new FilteredRecordRetrievalOptions<Everything>
        {
            Skip = 7,
            OrderBy = by => by.Ascending(r => r.Text).Descending(r => r.Long).Ascending(r => r.NullableInt),
        };
        int[] expected =
        [
            .. _records.Where(r => r.Bool)
                .OrderBy(r => r.Text, StringComparer.Ordinal).ThenByDescending(r => r.Long).ThenBy(r => r.NullableInt)
                .Skip(7).Take(400).Select(r => r.Id),
        ];
        foreach (SpladeCollection<int, Everything> collection in fixture.Collections())
        {
            Assert.Equal(expected, await collection.GetAsync(r => r.Bool, 400, options).Select(r => r.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task GetAsync_OrderByList_SaysThatItHasNone()
    {
        var options = new FilteredRecordRetrievalOptions<Everything> { OrderBy = by => by.Ascending(r => r.Tags) };
        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await fixture.Collections().First().GetAsync(r => true, 1, options).ToArrayAsync());
        Assert.Contains("'Tags'", e.Message, StringComparison.Ordinal);
    }

    private static string Written(Everything record) => JsonSerializer.Serialize(record, WithNumbers);

    private static Expression<Func<Everything, bool>> WithText(Expression<Func<Everything, bool>> condition)
    {
        Expression text = Expression.NotEqual(Expression.Property(condition.Parameters[0], nameof(Everything.Text)), Expression.Constant(null, typeof(string)));
        return Expression.Lambda<Func<Everything, bool>>(Expression.AndAlso(text, condition.Body), condition.Parameters);
    }
}
