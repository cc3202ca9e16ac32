using RagChat.Terminal;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Terminal;

public sealed class ProgressLinesTests
{
    [Fact]
    public void Report_LongWork_SaysEverySomeSecondsHowFarItIs()
    {
        using var output = new StringWriter();
        var time = new SteppingTime();
        var lines = new ProgressLines(output, time, "passages");

        for (int i = 1; i <= 24; i++)
        {
            time.Seconds++;
            lines.Report(new HybridAddResult(i * 1_000, 0, 0) { Total = 50_000 });
        }

        Assert.Equal(["Encoded 10,000 of 50,000 passages", "Encoded 20,000 of 50,000 passages"], output.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Report_ShortWork_SaysNothing()
    {
        using var output = new StringWriter();

        var time = new SteppingTime();
        var lines = new ProgressLines(output, time, "passages");

        time.Seconds = 4;
        lines.Report(new HybridAddResult(16, 0, 0) { Total = 32 });
        time.Seconds = 60;
        lines.Report(new HybridAddResult(32, 0, 0) { Total = 32 });

        Assert.Empty(output.ToString());
    }

    private sealed class SteppingTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
