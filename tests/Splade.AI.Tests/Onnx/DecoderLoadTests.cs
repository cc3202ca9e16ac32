using System.Text.Json;
using Splade.AI.Decoding;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Pooling;

namespace Splade.AI.Tests.Onnx;

/// <summary>A decoder whose numbers lie in a file as they are wanted is not copied.</summary>
public sealed class DecoderLoadTests
{
    [Theory]
    [InlineData("checkpoint-variants/nonzero-bert", "model.safetensors", true)]
    [InlineData("checkpoint-variants/torch-zip", "pytorch_model.bin", true)]
    [InlineData("checkpoint-variants/float16", "model.safetensors", false)]
    [InlineData("random-bert-sum", "onnx/model.onnx", false)]
    public void Create_Decoder_StaysInItsFileIfItIsOfFloatsInRows(string model, string file, bool inFile)
    {
        string folder = Path.Combine(Repository.TestData, "models", model);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        ModelSource source = ModelSource.Find(folder, file, config.RootElement, TransformerTask.FillMask);
        int vocabulary = config.RootElement.GetProperty("vocab_size").GetInt32();
        using DecoderWeights? weights = ModelPlan.Create(source.Graph, vocabulary, LogitPooling.Max, DecoderPlace.Managed, Precision.Exact).Weights;
        Assert.NotNull(weights);
        Assert.Equal((vocabulary, inFile), (weights.Columns, weights.AreInFile));
    }
}
