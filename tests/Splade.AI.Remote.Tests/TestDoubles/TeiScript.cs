using System.Globalization;
using System.Text.Json;

namespace Splade.AI.Remote.Tests.TestDoubles;

/// <summary>What Text Embeddings Inference answers, as far as the tests ask.</summary>
internal static class TeiScript
{
    public const int Dimensions = 1000;

    public const string Sparse = """{"embedding":{"pooling":"splade"}}""";
    public const string Dense = """{"embedding":{"pooling":"mean"}}""";
    public const string Reranker = """{"reranker":{"id2label":{"0":"LABEL_0"},"label2id":{"LABEL_0":0}}}""";

    public static string Info(string type = Sparse, int batch = 32, int length = 512, string more = "") => $$"""
        {"model_id":"naver/efficient-splade-VI-BT-large-doc","model_sha":"c2f1","model_dtype":"float16","model_type":{{type}},
        "max_concurrent_requests":512,"max_input_length":{{length}},"max_batch_tokens":16384,"max_client_batch_size":{{batch}},"auto_truncate":true,
        "tokenization_workers":4,"version":"1.9.3","sha":null,"docker_label":null{{more}}}
        """;

    /// <summary>Answers as a healthy server: what <paramref name="answer"/> says to texts, and the information to all else.</summary>
    public static Task<ScriptedServer> StartAsync(Func<ScriptedRequest, ScriptedAnswer> answer, string? info = null) =>
        ScriptedServer.StartAsync(request => request.Path == "info" ? info ?? Info() : answer(request));

    /// <summary>For each text a vector that tells it: the number of its characters as the index of 1.5, and 999 beside it.</summary>
    public static ScriptedAnswer Embed(ScriptedRequest request) => new(
        $"[{string.Join(',', request.Inputs.Select(text => $$"""[{"index":{{text.Length}},"value":1.5},{"index":999,"value":0.25}]"""))}]",
        200,
        ("x-compute-tokens", request.Inputs.Sum(text => text.Length).ToString(CultureInfo.InvariantCulture)));

    public static ScriptedAnswer EmbedDense(ScriptedRequest request) =>
        $"[{string.Join(',', request.Inputs.Select(text => $"[{text.Length},0.5,-0.5]"))}]";

    public static ScriptedAnswer Error(int status, string type, string text, params (string, string)[] headers) =>
        new(JsonSerializer.Serialize(new { error = text, error_type = type }), status, headers);

    /// <summary>A text of so many characters.</summary>
    public static string Text(int length) => new('a', length);
}
