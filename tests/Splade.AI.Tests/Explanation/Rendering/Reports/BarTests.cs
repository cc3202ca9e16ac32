using Splade.AI.Explanation.Rendering.Reports;

namespace Splade.AI.Tests.Explanation.Rendering.Reports;

public sealed class BarTests
{
    [Theory]
    [InlineData(1, 1, "████████")]
    [InlineData(0.5, 1, "████")]
    [InlineData(0.0625, 1, "▌")]
    [InlineData(0.0001, 1, "")]
    [InlineData(0, 0, "")]
    [InlineData(2, 1, "████████")]
    public void Of_APart_HasItsLength(double part, double largest, string expected) => Assert.Equal(expected, Bar.Of(part, largest));
}
