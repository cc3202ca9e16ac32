using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>ModernBERT (Warner et al., 2024): rotary positions, the norm before each part, gated feed-forward, windows in most layers.</summary>
internal static class ModernBert
{
    private static readonly EncoderSizes Base = new(50368, 768, 22, 12, 1152, Activation.Gelu, 1e-5);

    private static readonly EncoderKeys Keys = new() { Activation = "hidden_activation", Epsilon = "norm_eps" };

    public static Architecture Describe(ModelConfig config)
    {
        Requirements.RequireNoCode(config);

        // Its configurations have these from their ancestors; no positions are added, and the epsilon is 'norm_eps'.
        config.Expect("position_embedding_type", "absolute", "rope", "sans_pos");
        config.Find("layer_norm_eps");
        config.Find("max_position_embeddings");
        EncoderSizes size = EncoderSizes.Read(config, Keys, Base);
        bool normBias = config.Flag("norm_bias", fallback: false);
        var head = new DenseLayer("head.dense", size.Hidden, size.Hidden, config.Flag("classifier_bias", fallback: false));
        NormLayer headNorm = Norm("head.norm");
        Activation headActivation = Activations.Read(config, "classifier_activation", "gelu");
        return new Architecture
        {
            Prefixes = ["model."],
            Roots = ["embeddings", "layers", "final_norm"],
            Embeddings = new EmbeddingSum(new LookupTable("embeddings.tok_embeddings", size.Vocabulary, size.Hidden), Norm("embeddings.norm")),
            Layers = Layers(config, size, Norm),
            FinalNorm = Norm("final_norm"),
            MaskedHead = new MaskedHead(
                ["head.", "decoder."],
                head,
                headActivation,
                headNorm,
                new LookupTable("decoder", size.Vocabulary, size.Hidden),
                config.Flag("decoder_bias", fallback: true) ? ["decoder.bias"] : [],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(["head.", "classifier."], head, headActivation, "classifier")
            {
                Norm = headNorm,
                ReadsMean = ReadsMean(config),
            },
        };

        NormLayer Norm(string name) => new(name, size.Hidden, size.Epsilon, normBias);
    }

    private static IReadOnlyList<EncoderLayer> Layers(ModelConfig config, EncoderSizes size, Func<string, NormLayer> norm)
    {
        bool attentionBias = config.Flag("attention_bias", fallback: false);
        bool mlpBias = config.Flag("mlp_bias", fallback: false);
        IReadOnlyList<AttentionKind> kinds = AttentionKinds.Read(config, size);
        return [.. kinds.Select((kind, i) => Layer($"layers.{i}.", i == 0, kind))];

        EncoderLayer Layer(string name, bool isFirst, AttentionKind kind) => new(
            new SelfAttention(
                [new DenseLayer(name + "attn.Wqkv", 3 * size.Hidden, size.Hidden, attentionBias)],
                new DenseLayer(name + "attn.Wo", size.Hidden, size.Hidden, attentionBias),
                size.Heads)
            {
                Rotary = kind.Rotary,
                Window = kind.Window,
            },
            isFirst ? null : norm(name + "attn_norm"),
            new FeedForward(
                new DenseLayer(name + "mlp.Wi", 2 * size.Intermediate, size.Hidden, mlpBias),
                size.Activation,
                new DenseLayer(name + "mlp.Wo", size.Hidden, size.Intermediate, mlpBias),
                Gate.ActivatesFirst),
            norm(name + "mlp_norm"))
        {
            NormalisesFirst = true,
        };
    }

    private static bool ReadsMean(ModelConfig config)
    {
        config.Expect("classifier_pooling", "cls", "mean");
        return config.Text("classifier_pooling", "cls") == "mean";
    }
}
