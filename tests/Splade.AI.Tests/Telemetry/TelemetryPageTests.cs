using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Splade.AI.Telemetry;

namespace Splade.AI.Tests.Telemetry;

/// <summary>The page on telemetry lists what there is.</summary>
public sealed class TelemetryPageTests
{
    private static readonly MarkdownPage Page = new("docs/telemetry.md");

    [Fact]
    public void Instruments_OfTheMeter_AreThoseOfThePage()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Instruments).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(WaitingTexts).TypeHandle);
        var found = new ConcurrentBag<string>();
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == SpladeTelemetry.MeterName)
                {
                    found.Add($"`{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` | {instrument.Description}");
                }
            };
            listener.Start();
        }

        IEnumerable<string> listed = Page.Rows.Where(row => row is [_, "histogram" or "counter" or "up-down counter, asked", ..])
            .Select(row => string.Join(" | ", row[..4]));
        Assert.Equal(found.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tags_OfTheLibrary_AreThoseOfThePage()
    {
        IEnumerable<string> tags = typeof(TagNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"`{f.GetRawConstantValue()}`");
        Assert.Equal(tags.Order(StringComparer.Ordinal), Page.Rows.Where(row => row.Length == 3).Skip(1).Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => "histogram",
        "Counter" => "counter",
        "ObservableUpDownCounter" => "up-down counter, asked",
        string other => other,
    };
}
