using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Times of the kind Local are instants: by an index and by the record, in the time zone in which they were written and in any other.</summary>
[Collection(RunsAlone.Name)]
public sealed class LocalTimesTests : IDisposable
{
    private static readonly DateTime Noon = new(2024, 5, 1, 12, 0, 0, DateTimeKind.Local);

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-times-").FullName;
    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    [Theory]
    [InlineData("Asia/Kolkata", "UTC")]
    [InlineData("UTC", "America/New_York")]
    [InlineData("America/New_York", "Asia/Kolkata")]
    public async Task Local_ReadInAnotherTimeZone_IsTheSameInstant(string written, string read)
    {
        SetZone(written);
        DateTime instant = Noon.ToUniversalTime();
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Events(storage).EnsureCollectionExistsAsync();
            await Events(storage).UpsertAsync(new Event { Id = 1, T = Noon, U = Noon, Times = [Noon], Unspecified = new DateTime(2024, 5, 1, 12, 0, 0) });
            await CheckAsync(Events(storage), Noon, isFound: true);
        }

        SetZone(read);
        using (var storage = new SpladeVectorStorage(_folder))
        {
            Event found = (await Events(storage).GetAsync(1))!;
            Assert.Equal([(instant, DateTimeKind.Utc), (instant, DateTimeKind.Utc)], new[] { found.T, found.U!.Value }.Select(t => (t, t.Kind)));
            Assert.Equal([(instant, DateTimeKind.Utc)], found.Times.Select(t => (t, t.Kind)));
            Assert.Equal((new DateTime(2024, 5, 1, 12, 0, 0), DateTimeKind.Unspecified), (found.Unspecified, found.Unspecified.Kind));
            await CheckAsync(Events(storage), instant.ToLocalTime(), isFound: true);
            await CheckAsync(Events(storage), instant, isFound: true);

            // Noon here is another instant.
            await CheckAsync(Events(storage), Noon, isFound: false);
        }
    }

    [Fact]
    public async Task UpsertAsync_ValuesOfEveryKind_AnswerByIndexAsByRecord()
    {
        SetZone("Asia/Kolkata");
        using var storage = new SpladeVectorStorage();
        DateTime[] times = [Noon, Noon.ToUniversalTime(), DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified), DateTime.MinValue, DateTime.MaxValue];
        times = [.. times, .. times.Select(time => DateTime.SpecifyKind(time, DateTimeKind.Local))];
        await Events(storage).EnsureCollectionExistsAsync();
        await Events(storage).UpsertAsync(times.Select((time, i) => new Event { Id = i, T = time, U = time, Times = [time] }));
        foreach (DateTime time in times)
        {
            await AgreeAsync(Events(storage), r => r.T == time, r => r.U == time);
            await AgreeAsync(Events(storage), r => r.T < time, r => r.U < time);
            await AgreeAsync(Events(storage), r => r.T != time, r => r.U != time);
            await AgreeAsync(Events(storage), r => r.T >= time, r => !(time > r.U));
            await AgreeAsync(Events(storage), r => r.T == time, r => r.Times.Any(t => t == time));
        }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TZ", _zone);
        TimeZoneInfo.ClearCachedData();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task CheckAsync(SpladeCollection<int, Event> events, DateTime time, bool isFound)
    {
        object boxed = time;
        var list = new List<DateTime> { time };
        DateTime?[] array = [time];
        var set = new HashSet<DateTime> { time };
        IEnumerable<DateTime> sequence = list.Where(_ => true);
        Expression<Func<Event, bool>>[] conditions =
        [
            r => r.T == time,
            r => r.U == time,
            r => r.T.AddTicks(0) == time,
            r => time <= r.U && r.U <= time,
            r => r.T.ToLocalTime() == time,
            r => r.U!.Value.Equals(time),
            r => r.T.Equals(boxed),
            r => r.T.CompareTo(time) == 0,
            r => DateTime.Compare(r.T, time) == 0,
            r => r.T - time == TimeSpan.Zero,
            r => list.Contains(r.T),
            r => list.Contains(r.U!.Value),
            r => array.Contains(r.U),
            r => set.Contains(r.T),
            r => sequence.Contains(r.T),
            r => new[] { time, DateTime.MinValue }.Contains(r.U!.Value),
            r => r.Times.Contains(time),
            r => r.Times == list,
            r => r.Times.Any(t => list.Contains(t)),
        ];
        foreach (Expression<Func<Event, bool>> condition in conditions)
        {
            Assert.True(isFound == await events.GetAsync(condition, 9).AnyAsync(), $"{condition} of {time:O}");
        }

        Assert.True(await events.GetAsync(r => r.T == r.U, 9).AnyAsync());
    }

    private static async Task AgreeAsync(SpladeCollection<int, Event> events, Expression<Func<Event, bool>> first, Expression<Func<Event, bool>> second) =>
        Assert.Equal(await events.GetAsync(first, 99).Select(r => r.Id).ToArrayAsync(), await events.GetAsync(second, 99).Select(r => r.Id).ToArrayAsync());

    private static void SetZone(string zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
        Assert.Equal(zone == "UTC", TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero);
    }

    private static SpladeCollection<int, Event> Events(SpladeVectorStorage storage) => new(storage, "events");

    private sealed class Event
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public DateTime T { get; set; }

        [VectorStoreData]
        public DateTime? U { get; set; }

        [VectorStoreData]
        public DateTime Unspecified { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public List<DateTime> Times { get; set; } = [];
    }
}
