using Splade.AI.Explanation;

namespace Splade.AI.Tests.Explanation.Rendering;

public sealed class RenderingOptionsTests
{
    [Fact]
    public void Options_OutOfRange_AreRefusedByName()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new RenderingOptions { Top = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Width", () => new RenderingOptions { Width = 39 });
        Assert.Null(new RenderingOptions { Top = null }.Top);
        Assert.Equal((20, 100), (new RenderingOptions().Top, new RenderingOptions().Width));
    }
}
