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
    [InlineData("training_args.bin")]
    [InlineData("vocab.txt")]
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
    public void OnnxFile_SeveralCandidates_IsThePlainOneOrTheOneAskedFor(string? expected, string? wanted, params string[] files)
    {
        var selection = ModelFileSelection.Select([.. files, "config.json", "tokenizer.json"], wanted);
        Assert.Equal(expected, selection.ModelFile);
        Assert.Equal(files.Where(f => f != expected).Order(StringComparer.Ordinal), selection.OtherOnnxFiles);
        Assert.Equal(expected is null ? "the ONNX file" : null, selection.Missing);
    }

    [Fact]
    public void Files_OnnxFile_IsTheLast() => Assert.Equal("onnx/model.onnx", Select("zzz_0_x/config.json").Files[^1]);

    private static ModelFileSelection Select(string file) => ModelFileSelection.Select([file, "onnx/model.onnx"], wantedOnnxFile: null);
}
