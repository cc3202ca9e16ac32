using System.Globalization;
using System.Runtime.InteropServices;
using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.Tests;

/// <summary>Layers between the pooling of a dense model and its vector, against plain loops.</summary>
public sealed class DenseLayerTests : IDisposable
{
    private const int Inputs = 32;
    private const string Text = "Mars is called the Red Planet.";

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "checkpoint-variants", "dense-mean"));
    private readonly Random _random = new(5);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("torch.nn.modules.activation.Tanh", true, true)]
    [InlineData("torch.nn.modules.linear.Identity", false, true)]
    [InlineData("torch.nn.modules.activation.ReLU", true, false)]
    [InlineData("torch.nn.modules.activation.Sigmoid", true, false)]
    [InlineData(null, true, true)]
    public async Task GenerateAsync_Layer_GivesWhatPlainLoopsGive(string? activation, bool hasBias, bool normalize)
    {
        float[] pooled = await VectorAsync(Modules());
        float[] weights = Numbers(20 * Inputs);
        float[] bias = Numbers(20);
        WriteLayer("2_Dense", Inputs, 20, activation, hasBias ? bias : null, weights);

        float[] actual = await VectorAsync(normalize ? Modules("2_Dense", "3_Normalize") : Modules("2_Dense"));

        double[] expected = [.. Enumerable.Range(0, 20).Select(o => Activate(
            activation, Enumerable.Range(0, Inputs).Sum(i => (double)weights[(o * Inputs) + i] * pooled[i]) + (hasBias ? bias[o] : 0)))];
        double length = normalize ? Math.Sqrt(expected.Sum(x => x * x)) : 1;
        Assert.Equal(20, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
    }

    [Fact]
    public async Task Identity_AnotherLayer_IsAnotherModel()
    {
        WriteLayer("2_Dense", Inputs, 8, null, null, Numbers(8 * Inputs));
        _model.Write("modules.json", Modules("2_Dense"));
        using DenseEmbeddingGenerator first = await DenseEmbeddingGenerator.CreateAsync(_model.Folder);
        string before = string.Join(" ", first.CacheKeyAdditionalValues);
        WriteLayer("2_Dense", Inputs, 8, null, null, Numbers(8 * Inputs));
        using DenseEmbeddingGenerator second = await DenseEmbeddingGenerator.CreateAsync(_model.Folder);
        Assert.NotEqual(before, string.Join(" ", second.CacheKeyAdditionalValues));
    }

    [Theory]
    [InlineData(Inputs, 8, "torch.nn.modules.activation.Mish", "Mish")]
    [InlineData(Inputs + 1, 8, null, "linear.weight")]
    public async Task CreateAsync_LayerThatDoesNotFit_IsRefused(int inputs, int outputs, string? activation, string reason)
    {
        WriteLayer("2_Dense", inputs, outputs, activation, null, Numbers(outputs * Inputs), columns: Inputs);
        _model.Write("modules.json", Modules("2_Dense"));
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => DenseEmbeddingGenerator.CreateAsync(_model.Folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_LayersOfADenseModel_AreFetchedOnce()
    {
        string[] paths = ["config.json", "tokenizer.json", "modules.json", "model.safetensors", "2_Dense/config.json", "2_Dense/model.safetensors", "2_Dense/pytorch_model.bin"];
        ModelFileSelection selection = ModelFileSelection.Select(paths, wanted: null);
        Assert.Contains("2_Dense/model.safetensors", selection.Files);
        Assert.DoesNotContain("2_Dense/pytorch_model.bin", selection.Files);
        Assert.Contains("2_Dense/pytorch_model.bin", ModelFileSelection.Select(paths.Where(p => p != "2_Dense/model.safetensors"), wanted: null).Files);
    }

    private static double Activate(string? activation, double x) => activation?.Split('.')[^1] switch
    {
        "Identity" => x,
        "ReLU" => Math.Max(0, x),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        _ => Math.Tanh(x),
    };

    private static string Modules(params string[] behind) => "[" + string.Join(",", new[] { "", "1_Pooling" }.Concat(behind).Select((path, i) =>
        $$"""{"idx": {{i}}, "name": "{{i}}", "path": "{{path}}", "type": "sentence_transformers.models.{{(i == 0 ? "Transformer" : path[2..])}}"}""")) + "]";

    private async Task<float[]> VectorAsync(string modules)
    {
        _model.Write("modules.json", modules);
        using DenseEmbeddingGenerator sut = await DenseEmbeddingGenerator.CreateAsync(_model.Folder);
        return (await sut.GenerateAsync([Text]))[0].Vector.ToArray();
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextSingle() - 0.5f)];

    private void WriteLayer(string folder, int inputs, int outputs, string? activation, float[]? bias, float[] weights, int? columns = null)
    {
        Directory.CreateDirectory(_model.PathOf(folder));
        string named = activation is null ? "" : $", \"activation_function\": \"{activation}\"";
        _model.Write($"{folder}/config.json", string.Create(
            CultureInfo.InvariantCulture, $"{{\"in_features\": {inputs}, \"out_features\": {outputs}, \"bias\": {(bias is null ? "false" : "true")}{named}}}"));
        (string, long[])[] tensors = [("linear.weight", [outputs, columns ?? inputs]), ("linear.bias", [outputs])];
        File.WriteAllBytes(
            _model.PathOf($"{folder}/model.safetensors"),
            [
                .. SafetensorsBytes.Of(tensors[..(bias is null ? 1 : 2)]),
                .. MemoryMarshal.AsBytes(weights.AsSpan()), .. MemoryMarshal.AsBytes((bias ?? []).AsSpan()),
            ]);
    }
}
