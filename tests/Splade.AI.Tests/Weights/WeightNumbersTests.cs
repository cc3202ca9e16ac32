using Splade.AI.Weights;

namespace Splade.AI.Tests.Weights;

public sealed class WeightNumbersTests
{
    private const string Name = "distilbert.embeddings.LayerNorm.weight";

    [Theory]
    [InlineData("float16", 1e-3f)]
    [InlineData("bfloat16", 1e-2f)]
    [InlineData("torch-views", 0)]
    public void Read_OtherFormsOfATensor_GivesItsNumbers(string folder, float tolerance)
    {
        foreach (string name in new[] { Name, "distilbert.transformer.layer.0.ffn.lin1.weight" })
        {
            WeightTensor whole = Read("sharded")[name], other = Read(folder)[name];
            float[] expected = WeightNumbers.Read(whole, [.. whole.Shape]);
            float[] actual = WeightNumbers.Read(other, [.. whole.Shape]);
            Assert.Contains(expected, number => number != 0);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    private static IReadOnlyDictionary<string, WeightTensor> Read(string folder) =>
        CheckpointFiles.Find(Path.Combine(Repository.TestData, "models", "checkpoint-variants", folder))!.Read().Tensors;
}
