using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class ModelFileSelectionTests
{
    [Theory]
    [InlineData("modules.json")]
    [InlineData("config.json")]
    [InlineData("config_sentence_transformers.json")]
    [InlineData("sentence_bert_config.json")]
    [InlineData("sentence_roberta_config.json")]
    [InlineData("router_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("idf.json")]
    [InlineData("query_token_weights.txt")]
    [InlineData("1_SpladePooling/config.json")]
    [InlineData("query_0_IDF/model.safetensors")]
    [InlineData("query_0_SparseStaticEmbedding/model.safetensors")]
    [InlineData("query_0_SparseStaticEmbedding/tokenizer.json")]
    [InlineData("document_0_MLMTransformer/config.json")]
    [InlineData("document_1_SpladePooling/config.json")]
    [InlineData("README.md")]
    [InlineData("LICENSE")]
    [InlineData("LICENSE.txt")]
    [InlineData("onnx/model.onnx")]
    public void Select_FileOfTheLoader_IsTaken(string file) => Assert.Contains(file, Select(file).Files);

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("pytorch_model.bin")]
    [InlineData("document_0_MLMTransformer/model.safetensors")]
    [InlineData("document_0_MLMTransformer/pytorch_model.bin")]
    [InlineData("openvino/openvino_model.xml")]
    [InlineData("onnx/model_O3.onnx")]
    [InlineData("onnx/model_qint8_avx512_vnni.onnx")]
    [InlineData("onnx/model_O3.onnx_data")]
    [InlineData("onnx/model.onnx_data")]
    [InlineData("eval/results.json")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("document_0_MLMTransformer/model.safetensors.index.json")]
    [InlineData("document_0_MLMTransformer/pytorch_model.bin.index.json")]
    [InlineData("tf_model.h5")]
    [InlineData("flax_model.msgpack")]
    [InlineData("adapter_model.safetensors")]
    [InlineData("training_args.bin")]
    [InlineData("0_x/../config.json")]
    [InlineData("0_x/.. /config.json")]
    [InlineData("0_x./config.json")]
    [InlineData("0_x/nul.json")]
    [InlineData("0_x/\0.json")]
    [InlineData("/config.json")]
    public void Select_AnyOtherFile_IsLeft(string file) => Assert.DoesNotContain(file, Select(file).Files);

    [Theory]
    [InlineData("onnx/model.onnx", null, "model.onnx", "onnx/model.onnx", "onnx/model_O3.onnx")]
    [InlineData("model.onnx", null, "model.onnx", "onnx/model_O3.onnx")]
    [InlineData("onnx/model_O3.onnx", "onnx/model_O3.onnx", "model.onnx", "onnx/model_O3.onnx")]
    [InlineData("document_0_MLMTransformer/onnx/model.onnx", null, "document_0_MLMTransformer/onnx/model.onnx")]
    [InlineData("model.onnx", null, "document_0_MLMTransformer/onnx/model.onnx", "model.onnx")]
    [InlineData(null, null, "onnx/model_O3.onnx", "model_optimized.onnx")]
    [InlineData(null, "onnx/model_O4.onnx", "onnx/model.onnx")]
    [InlineData("model.onnx", null, "model.safetensors", "model.onnx", "pytorch_model.bin")]
    [InlineData("document_0_MLMTransformer/onnx/model.onnx", null, "model.safetensors", "document_0_MLMTransformer/onnx/model.onnx")]
    [InlineData("model.safetensors", null, "onnx/model_O3.onnx", "model.safetensors", "pytorch_model.bin", "tf_model.h5", "adapter_model.safetensors")]
    [InlineData("model.safetensors.index.json", null, "pytorch_model.bin", "model.safetensors.index.json", "model-00001-of-00001.safetensors")]
    [InlineData("pytorch_model.bin", null, "pytorch_model.bin", "pytorch_model.bin.index.json")]
    [InlineData("pytorch_model.bin.index.json", null, "pytorch_model.bin.index.json", "flax_model.msgpack")]
    [InlineData("0_Transformer/model.safetensors", null, "0_Transformer/model.safetensors", "0_Transformer/pytorch_model.bin", "2_LSTM/model.safetensors")]
    [InlineData("document_0_MLMTransformer/pytorch_model.bin", null, "document_0_MLMTransformer/pytorch_model.bin")]
    [InlineData("pytorch_model.bin", null, "pytorch_model.bin", "document_0_MLMTransformer/model.safetensors")]
    [InlineData("pytorch_model.bin", "pytorch_model.bin", "model.onnx", "pytorch_model.bin", "model.safetensors")]
    [InlineData("document_0_MLMTransformer/model.safetensors", "model.safetensors", "document_0_MLMTransformer/model.safetensors", "model.onnx")]
    [InlineData(null, null, "adapter_model.safetensors", "tf_model.h5", "2_LSTM/model.safetensors", "backup/model.safetensors")]
    public void ModelFile_SeveralCandidates_IsThePlainOneOrTheOneAskedFor(string? expected, string? wanted, params string[] files)
    {
        var selection = ModelFileSelection.Select([.. files, "config.json", "tokenizer.json"], wanted);
        Assert.Equal(expected, selection.ModelFile);
        Assert.Equal(files.Where(f => f != expected).Order(StringComparer.Ordinal), selection.Others);
        Assert.Equal(expected is null ? wanted ?? "an ONNX file or weights" : null, selection.Missing);
        Assert.Equal(((string[])["config.json", "tokenizer.json"]).Concat(expected is null ? [] : [expected]), selection.Files);
    }

    [Fact]
    public void Files_ModelFile_IsTheLast() => Assert.Equal("onnx/model.onnx", Select("zzz_0_x/config.json").Files[^1]);

    [Fact]
    public void Files_WordPieces_AreTakenOnlyWithoutAFastTokenizer()
    {
        string[] files = ["config.json", "model.onnx", "vocab.txt", "0_Transformer/vocab.txt", "0_Transformer/tokenizer.json"];
        var without = ModelFileSelection.Select(files, wanted: null);
        var with = ModelFileSelection.Select([.. files, "tokenizer.json"], wanted: null);
        Assert.Equal(["0_Transformer/tokenizer.json", "config.json", "vocab.txt", "model.onnx"], without.Files);
        Assert.Equal(["0_Transformer/tokenizer.json", "config.json", "tokenizer.json", "model.onnx"], with.Files);
        Assert.Null(without.Missing);
    }

    [Theory]
    [InlineData(null, "config.json", "vocab.txt", "model.safetensors")]
    [InlineData("config.json", "vocab.txt", "model.safetensors")]
    [InlineData("tokenizer.json", "config.json", "model.safetensors")]
    public void Missing_OneOfTheFilesOfEveryModel_IsNamed(string? expected, params string[] files) =>
        Assert.Equal(expected, ModelFileSelection.Select(files, wanted: null).Missing);

    private static ModelFileSelection Select(string file) => ModelFileSelection.Select([file, "onnx/model.onnx"], wanted: null);
}
