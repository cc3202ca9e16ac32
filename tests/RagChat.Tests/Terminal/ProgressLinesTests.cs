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
        var lines = new ProgressLines(output, time);

        for (int i = 1; i <= 12; i++)
        {
            time.Seconds++;
            lines.Report(new HybridProgress(i * 1_000, 20_000));
        }

        Assert.Equal(["Encoded 5,000 of 20,000 passages", "Encoded 10,000 of 20,000 passages"], output.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Report_ShortWork_SaysNothing()
    {
        using var output = new StringWriter();

        new ProgressLines(output, new SteppingTime { Seconds = 4 }).Report(new HybridProgress(16, 16));

        Assert.Empty(output.ToString());
    }

    private sealed class SteppingTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
