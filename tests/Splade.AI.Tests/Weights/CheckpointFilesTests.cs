using Splade.AI.Weights;

namespace Splade.AI.Tests.Weights;

/// <summary>Which files of a folder are its weights.</summary>
public sealed class CheckpointFilesTests : IDisposable
{
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";
    private const string Index = "model.safetensors.index.json";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.safetensors", "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json", "tf_model.h5")]
    [InlineData("model.safetensors.index.json", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")]
    [InlineData("pytorch_model.bin", "pytorch_model.bin", "pytorch_model.bin.index.json", "adapter_model.safetensors")]
    [InlineData("pytorch_model.bin.index.json", "pytorch_model.bin.index.json", "flax_model.msgpack", "config.json")]
    [InlineData(null, "config.json", "model.onnx", "sparse_linear.safetensors")]
    [InlineData(null)]
    public void Choose_AmongNames_PrefersInOrder(string? expected, params string[] names) =>
        Assert.Equal(expected, CheckpointForm.Choose(names, "here")?.FileName);

    [Theory]
    [InlineData("adapter_model.safetensors", "Found adapter_model.safetensors alone, which changes another model")]
    [InlineData("tf_model.h5", "Found the weights in tf_model.h5 only, which is not read. Expected model.safetensors, model.safetensors.index.json, ")]
    [InlineData("flax_model.msgpack", "Found the weights in flax_model.msgpack only, which is not read")]
    public void Find_OtherFormsAlone_AreRefusedByName(string name, string reason)
    {
        _folder.Write(name, "x");
        AssertRefused(_folder.Path, reason);
    }

    [Fact]
    public void Find_FolderWithoutWeights_IsNull() => Assert.Null(CheckpointFiles.Find(_folder.Path));

    [Fact]
    public void Find_ShardsInAFolder_AreNamedByTheIndex()
    {
        CopyShards();
        _folder.Write("model-00003-of-00002.safetensors", "not named by the index");
        CheckpointFiles files = CheckpointFiles.Find(_folder.Path)!;
        Assert.Equal([_folder.PathOf(First), _folder.PathOf(Second)], files.Files);
        Assert.Equal(files.Files, files.Read().Files);
    }

    [UnixFact]
    public void Find_LinkOutOfTheFolder_IsRefused()
    {
        File.CreateSymbolicLink(_folder.PathOf("model.safetensors"), Checkpoints.PathOf("float16", "model.safetensors"));
        AssertRefused(_folder.PathOf("model.safetensors"), "which is outside the model's folder");
    }

    [UnixFact]
    public void Find_ShardThatIsALinkOut_IsRefused()
    {
        CopyShards();
        File.Delete(_folder.PathOf(Second));
        File.CreateSymbolicLink(_folder.PathOf(Second), Checkpoints.PathOf("sharded", Second));
        AssertRefused(_folder.PathOf(Index), "leads out of the model's folder");
    }

    [Theory]
    [InlineData("../model.safetensors")]
    [InlineData("sub/model.safetensors")]
    [InlineData("sub\\\\model.safetensors")]
    [InlineData("/model.safetensors")]
    [InlineData("c:model.safetensors")]
    [InlineData("nul.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("model.bin")]
    public void Find_IndexWithAnythingButPlainNames_IsRefused(string name)
    {
        _folder.Write(Index, $$"""{"weight_map": {"a": "{{name}}"} }""");
        AssertRefused(_folder.PathOf(Index), "expected the name of a file beside the index that ends with '.safetensors'");
    }

    [Theory]
    [InlineData("""{"weight_map": {"a": "a.safetensors", "a": "b.safetensors"}}""", "names 'a' twice")]
    [InlineData("""{"weight_map": {"a": 1}}""", "said to be in '1'")]
    [InlineData("""{"weight_map": {}, "weight_map": {}}""", "or several")]
    [InlineData("""{"weight_map": []}""", "Found no 'weight_map'")]
    [InlineData("""{}""", "Found no 'weight_map'")]
    [InlineData("""[]""", "expected an object")]
    public void Find_DamagedIndex_IsRefused(string index, string reason)
    {
        _folder.Write(Index, index);
        AssertRefused(_folder.PathOf(Index), reason);
    }

    [Fact]
    public void Find_IndexOfTooManyShards_IsRefused()
    {
        _folder.Write(Index, $"{{\"weight_map\": {{{string.Join(',', Enumerable.Range(0, 10_001).Select(i => $"\"{i}\": \"{i}.safetensors\""))}}}}}");
        AssertRefused(_folder.PathOf(Index), "names 10001 files");
    }

    [Fact]
    public void Read_ShardMissing_NamesIt()
    {
        CopyShards();
        File.Delete(_folder.PathOf(Second));
        AssertRefused(_folder.PathOf(Second), "The file is missing");
    }

    [Fact]
    public void Read_TensorThatIsNotInItsShard_IsRefused()
    {
        CopyShards();
        string index = File.ReadAllText(_folder.PathOf(Index));
        _folder.Write(Index, index.Replace("\"vocab_layer_norm.bias\"", "\"vocab_layer_norm.bios\"", StringComparison.Ordinal));
        AssertRefused(_folder.PathOf(Index), "'vocab_layer_norm.bios' is said to be in");
        _folder.Write(Index, index.Replace(Second, First, StringComparison.Ordinal));
        AssertRefused(_folder.PathOf(Index), $"is said to be in '{First}', which lacks it");
    }

    [Fact]
    public void Read_TensorThatIsInTwoShards_IsRefused()
    {
        CopyShards();
        File.Copy(_folder.PathOf(First), _folder.PathOf(Second), overwrite: true);
        AssertRefused(_folder.PathOf(Second), $"is in '{First}' too");
    }

    private static void AssertRefused(string path, string reason)
    {
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        var e = Assert.Throws<SpladeModelException>(() => CheckpointFiles.Find(folder)?.Read());
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }

    private void CopyShards()
    {
        foreach (string name in new[] { First, Second, Index })
        {
            File.Copy(Checkpoints.PathOf("sharded", name), _folder.PathOf(name));
        }
    }
}
