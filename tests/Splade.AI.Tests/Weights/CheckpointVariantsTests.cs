using Splade.AI.Weights;

namespace Splade.AI.Tests.Weights;

/// <summary>The same weights in all forms in which they are published.</summary>
public sealed class CheckpointVariantsTests
{
    [Theory]
    [InlineData("sharded", "Float32", 41)]
    [InlineData("float16", "Float16", 41)]
    [InlineData("bfloat16", "BFloat16", 41)]
    [InlineData("torch-zip", "Float32", 42)]
    [InlineData("torch-zip-float16", "Float16", 41)]
    [InlineData("torch-sharded", "Float32", 41)]
    [InlineData("torch-views", "Float32", 41)]
    [InlineData("bert-gamma-beta", "Float32", 47)]
    [InlineData("torch-zip-gamma-beta", "Float32", 49)]
    [InlineData("decoder-kept", "Float32", 44)]
    [InlineData("decoder-untied", "Float32", 43)]
    [InlineData("head-missing", "Float32", 39)]
    [InlineData("dense-mean", "Float32", 39)]
    [InlineData("dense-cls", "Float32", 39)]
    [InlineData("dense-mean-prefixed", "Float32", 47)]
    [InlineData("nonzero-bert", "Float32", 42)]
    [InlineData("nonzero-distilbert", "Float32", 41)]
    [InlineData("nonzero-roberta", "Float32", 42)]
    [InlineData("nonzero-xlmr", "Float32", 42)]
    [InlineData("nonzero-modernbert", "Float32", 23)]
    public void Read_AnyForm_HasAllTensors(string folder, string type, int count)
    {
        Checkpoint checkpoint = Checkpoints.Read(folder);
        Assert.Equal(count, checkpoint.Tensors.Count);
        Assert.All(checkpoint.Tensors, t => Assert.Equal(t.Key, t.Value.Name));
        Assert.All(checkpoint.Tensors.Values, t => Assert.Contains(t.File, checkpoint.Files));
        Assert.All(checkpoint.Tensors.Values, t => Assert.InRange(t.Offset + t.Length, 0, new FileInfo(t.File).Length));
        Assert.All(
            checkpoint.Tensors.Values,
            t => Assert.Equal(t.Name.EndsWith("position_ids", StringComparison.Ordinal) ? "Other" : type, $"{t.Type}"));
    }

    [Theory]
    [InlineData("torch-zip", "sharded")]
    [InlineData("torch-sharded", "sharded")]
    [InlineData("torch-views", "sharded")]
    [InlineData("torch-zip-float16", "float16")]
    [InlineData("torch-zip-gamma-beta", "bert-gamma-beta")]
    public void Read_TorchForm_HasTheSameBytes(string torch, string safetensors)
    {
        IReadOnlyDictionary<string, WeightTensor> tensors = Checkpoints.Read(torch).Tensors;
        foreach (WeightTensor expected in Checkpoints.Read(safetensors).Tensors.Values)
        {
            WeightTensor tensor = tensors[expected.Name];
            Assert.Equal(expected.Shape, tensor.Shape);
            Assert.Equal(expected.Type, tensor.Type);
            Assert.Equal(Checkpoints.BytesOf(expected), Checkpoints.BytesOf(tensor));
        }
    }

    [Fact]
    public void Read_TiedNames_AreOnePlace()
    {
        IReadOnlyDictionary<string, WeightTensor> tensors = Checkpoints.Read("torch-zip").Tensors;
        WeightTensor embedding = tensors["distilbert.embeddings.word_embeddings.weight"];
        Assert.Equal(embedding with { Name = "vocab_projector.weight" }, tensors["vocab_projector.weight"] with { Shape = embedding.Shape });
    }

    [Fact]
    public void Read_MatrixStoredTransposed_IsMarked()
    {
        WeightTensor transposed = Assert.Single(Checkpoints.Read("torch-views").Tensors.Values, t => t.IsTransposed);
        Assert.Equal(2, transposed.Shape.Count);
    }

    [Fact]
    public void Read_TorchBefore16_IsRefusedWithTheRemedy()
    {
        var e = Assert.Throws<SpladeModelException>(() => Checkpoints.Read("torch-legacy"));
        Assert.Contains("saved by torch before 1.6", e.Message, StringComparison.Ordinal);
        Assert.Contains("Load it with a newer torch and save it again", e.Message, StringComparison.Ordinal);
    }
}
