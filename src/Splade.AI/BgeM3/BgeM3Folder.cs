using Splade.AI.ModelFiles;
using Splade.AI.Onnx.Outputs;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>A folder with BGE-M3 in one of the layouts that it is exported in, told apart by the names and shapes of the model's outputs.</summary>
/// <param name="Files">The folder.</param>
/// <param name="Transformer">The transformer in it.</param>
/// <param name="Outputs">The outputs that are read: the sparse and the dense one, or the hidden states alone.</param>
/// <param name="Head">What makes weights of hidden states; null where the graph does.</param>
internal sealed record BgeM3Folder(ModelFolder Files, TransformerFolder Transformer, IReadOnlyList<ReadOutput> Outputs, LexicalHead? Head)
{
    /// <summary>Which of the outputs is the sparse one, where the graph has one.</summary>
    public const int Sparse = 0;

    /// <summary>Which of the outputs is the dense one, where the graph has one.</summary>
    public const int Dense = 1;

    /// <summary>Which of the outputs has the hidden states, where the graph has nothing else.</summary>
    public const int Hidden = 0;

    /// <summary>The names that exports with all heads give their outputs.</summary>
    private static readonly (string Sparse, string Dense)[] Exports =
        [("sparse_vecs", "dense_vecs"), ("sparse_weights", "dense_embeddings"), ("sparse", "dense")];

    /// <summary>The names of hidden states, in the order in which they are looked for.</summary>
    private static readonly string[] HiddenStates = ["last_hidden_state", "token_embeddings"];

    /// <summary>Names in <c>tokenizer_config.json</c> of the tokens that have no weight, and what they are in BGE-M3's vocabulary.</summary>
    private static readonly (string Setting, string Token)[] WithoutWeight =
        [("cls_token", "<s>"), ("eos_token", "</s>"), ("pad_token", "<pad>"), ("unk_token", "<unk>")];

    /// <exception cref="SpladeModelException">A file is missing or wrong, or the folder holds another model.</exception>
    public static BgeM3Folder Read(string folder, string? modelFile)
    {
        ModelFolder files = ModelFolder.Read(folder);
        var transformer = TransformerFolder.Read(files.Path, TransformerTask.FeatureExtraction, modelFile);
        IReadOnlyList<OnnxValue> given = OutputsOf(transformer.Source.Graph);
        foreach ((string sparse, string dense) in Exports)
        {
            if (Find(given, sparse) is OnnxValue weights && Find(given, dense) is not null)
            {
                ReadOutput vectors = new(dense, OutputKind.Text, transformer.HiddenSize);
                return new BgeM3Folder(files, transformer, [SparseOutput(weights, transformer), vectors], Head: null);
            }
        }

        LexicalHead? head = LexicalHead.ReadIfExists(files.Path);
        string? hidden = HiddenStates.FirstOrDefault(name => Find(given, name) is not null);
        return head is not null && hidden is not null
            ? new BgeM3Folder(files, transformer, [new(hidden, OutputKind.Tokens, head.Weights.Length)], head)
            : throw new SpladeModelException(
                $"The model gives [{string.Join(", ", given.Select(Describe))}], and there is {(head is null ? "no" : "a")} lexical head beside it. "
                + $"Expected BGE-M3: outputs {string.Join(", or ", Exports.Select(e => $"'{e.Sparse}' with '{e.Dense}'"))}, or hidden states "
                + $"('{HiddenStates[0]}') with {LexicalHead.Names} in the folder.",
                transformer.Source.Path);
    }

    /// <summary>Whether the graph of a folder gives lexical weights under one of the names that exports give them.</summary>
    /// <exception cref="SpladeModelException">A file is missing or wrong.</exception>
    public static bool IsExportIn(ModelFolder files, string? modelFile)
    {
        var transformer = TransformerFolder.Read(files.Path, TransformerTask.FeatureExtraction, modelFile);
        IReadOnlyList<OnnxValue> given = OutputsOf(transformer.Source.Graph);
        return Array.Exists(Exports, e => Find(given, e.Sparse) is not null && Find(given, e.Dense) is not null);
    }

    /// <summary>The ids of the tokens that have no weight.</summary>
    public IReadOnlySet<int> TokensWithoutWeight(Vocabulary vocabulary)
    {
        var ids = new HashSet<int> { Transformer.PadTokenId };
        foreach ((string setting, string token) in WithoutWeight)
        {
            if (vocabulary.TryGetId(Transformer.TokenizerConfig.Token(setting) ?? token, out int id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static IReadOnlyList<OnnxValue> OutputsOf(GraphSource graph)
    {
        using OnnxFile file = graph.Open();
        return file.Outputs;
    }

    private static OnnxValue? Find(IReadOnlyList<OnnxValue> outputs, string name) => outputs.FirstOrDefault(o => o.Name == name);

    private static ReadOutput SparseOutput(OnnxValue output, TransformerFolder transformer) => output.Dimensions switch
    {
        [_, _, null or 1] => new(output.Name, OutputKind.Tokens, Width: 1),
        [_, long width] when width == transformer.VocabularySize => new(output.Name, OutputKind.Text, (int)width),
        [_, null] => new(output.Name, OutputKind.TokensOrText, Width: null),
        _ => throw new SpladeModelException(
            $"The model's output is {Describe(output)}, expected a weight for each token, [texts, tokens, 1] or [texts, tokens], or one for each entry of the "
            + $"vocabulary, [texts, {transformer.VocabularySize?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "vocabulary"}].",
            transformer.Source.Path),
    };

    private static string Describe(OnnxValue output) => output.Dimensions is null
        ? $"'{output.Name}'"
        : $"'{output.Name}' [{string.Join(", ", output.Dimensions.Select(d => d?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}]";
}
