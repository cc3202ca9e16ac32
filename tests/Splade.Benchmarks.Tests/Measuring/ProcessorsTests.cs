using System.Globalization;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Tests.Measuring;

public sealed class ProcessorsTests
{
    [Fact]
    public void With_One_IsOneInsideAndAllAfterwards()
    {
        int all = Processors.Count;
        Assert.Equal(Processors.CanRestrict ? 1 : all, Processors.With(Processors.CanRestrict ? 1 : all, () => Processors.Count));
        Assert.Equal(all, Processors.Count);
    }

    [Fact]
    public void Run_MoreThanThereAre_IsRefusedWithWhatThereIs()
    {
        string tooMany = (Processors.Count + 1).ToString(CultureInfo.InvariantCulture);
        var error = Assert.Throws<UsageException>(() => CoresTable.Run([tooMany], Arguments.Parse([], [])));
        Assert.Equal($"--cores asks for {tooMany}, and this machine has {Processors.Count}.", error.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("two")]
    public void Run_NoNumber_IsRefused(string cores) => Assert.Throws<UsageException>(() => CoresTable.Run([cores], Arguments.Parse([], [])));
}
