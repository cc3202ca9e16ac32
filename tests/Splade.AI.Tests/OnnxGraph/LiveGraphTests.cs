using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class LiveGraphTests
{
    [Fact]
    public void Of_NodesWithSubgraphs_KeepsWhatTheyCapture()
    {
        OnnxNode used = Node(["x"], ["a"]), captured = Node(["weight"], ["b"]), branch = Node(["a"], ["out"], captures: ["b"]), dead = Node(["a"], ["c"]);
        LiveGraph live = LiveGraph.Of([used, captured, branch, dead], ["out"]);
        Assert.True(live.Needs(used) && live.Needs(captured) && live.Needs(branch) && live.Needs("weight") && live.Needs("x"));
        Assert.False(live.Needs(dead) || live.Needs("c"));
    }

    [Fact]
    public void Of_NodeWithTwoOutputs_NeedsBothNames() =>
        Assert.True(LiveGraph.Of([Node(["x"], ["a", "b"])], ["a"]).Needs("b"));

    [Fact]
    public void Of_Circle_Ends() =>
        Assert.True(LiveGraph.Of([Node(["b"], ["a"]), Node(["a"], ["b"])], ["a"]).Needs("b"));

    private static OnnxNode Node(string[] inputs, string[] outputs, params string[] captures) =>
        new("Any", "", inputs, outputs, new Dictionary<string, OnnxAttribute>(), captures, [], Field: null!);
}
