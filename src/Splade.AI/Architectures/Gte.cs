using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>GTE (Zhang et al., 2024): BERT with rotary positions and gated feed-forward. Its own files call it "new", transformers 5 "gte".</summary>
internal static class Gte
{
    private static readonly EncoderSizes Base = new(30528, 768, 12, 12, 3072, Activation.Gelu, 1e-12);

    private static readonly string[] Projections = ["q_proj", "k_proj", "v_proj"];

    /// <summary>As the code describes it that its files name.</summary>
    public static Architecture Describe(ModelConfig config)
    {
        // That code is this model's.
        config.Find("auto_map");
        bool isPacked = config.Flag("pack_qkv", fallback: true);
        var names = new Names("new.", "encoder", "encoder.layer.", "attention.", "attn_ln", "mlp_ln", "lm_head.norm", HasGateLayer: false);
        return Describe(config, Base, names, size => Attention(size, isPacked));
    }

    /// <summary>As transformers describes it: other names, query, key, value and gate apart, and always the exact GELU in the head.</summary>
    public static Architecture DescribeOfTransformers(ModelConfig config)
    {
        Requirements.RequireNoCode(config);
        var names = new Names(
            "gte.", "layers", "layers.", "self_attn.", "post_attention_layernorm", "post_mlp_layernorm", "lm_head.layer_norm", HasGateLayer: true);
        Architecture described = Describe(config, Base with { Vocabulary = 250_048 }, names, size => Attention(size, isPacked: false));
        return described with { MaskedHead = described.MaskedHead with { Activation = Activation.Gelu } };
    }

    private static Architecture Describe(ModelConfig config, EncoderSizes defaults, Names names, Func<EncoderSizes, IReadOnlyList<DenseLayer>> attention)
    {
        config.Expect("position_embedding_type", "rope");
        config.Expect("layer_norm_type", "layer_norm");
        config.ExpectFalse("logn_attention_scale");
        foreach (string name in new[] { "logn_attention_clip1", "unpad_inputs", "use_memory_efficient_attention", "max_position_embeddings" })
        {
            config.Find(name);
        }

        EncoderSizes size = EncoderSizes.Read(config, new EncoderKeys(), defaults);
        int types = config.Count("type_vocab_size", 1, least: 0);
        RotaryAngles rotary = GteAngles.Read(config, size, mayBeNew: names.HasGateLayer);
        return new Architecture
        {
            Prefixes = [names.Prefix],
            Roots = ["embeddings", names.Root, "pooler"],
            Embeddings = new EmbeddingSum(new LookupTable("embeddings.word_embeddings", size.Vocabulary, size.Hidden), Norm("embeddings.LayerNorm", size))
            {
                Type = types > 0 ? new LookupTable("embeddings.token_type_embeddings", types, size.Hidden) : null,
            },
            Layers = [.. Enumerable.Range(0, size.Layers).Select(i => Layer($"{names.Layer}{i}.", names, size, rotary, attention(size)))],
            MaskedHead = new MaskedHead(
                ["lm_head."],
                new DenseLayer("lm_head.dense", size.Hidden, size.Hidden),
                size.Activation,
                Norm(names.HeadNorm, size),
                new LookupTable("lm_head.decoder", size.Vocabulary, size.Hidden),
                ["lm_head.decoder.bias"],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(
                ["classifier.", "pooler."], new DenseLayer("pooler.dense", size.Hidden, size.Hidden), Activation.Tanh, "classifier"),
        };
    }

    private static IReadOnlyList<DenseLayer> Attention(EncoderSizes size, bool isPacked) => isPacked
        ? [new DenseLayer("qkv_proj", 3 * size.Hidden, size.Hidden)]
        : [.. Projections.Select(part => new DenseLayer(part, size.Hidden, size.Hidden))];

    private static EncoderLayer Layer(string name, Names names, EncoderSizes size, RotaryAngles rotary, IReadOnlyList<DenseLayer> attention) => new(
        new SelfAttention(
            [.. attention.Select(part => part with { Name = name + names.Attention + part.Name })],
            new DenseLayer($"{name}{names.Attention}o_proj", size.Hidden, size.Hidden),
            size.Heads)
        {
            Rotary = rotary,
        },
        Norm(name + names.AttentionNorm, size),
        FeedForward(name + "mlp.", names, size),
        Norm(name + names.FeedForwardNorm, size));

    private static FeedForward FeedForward(string name, Names names, EncoderSizes size)
    {
        var down = new DenseLayer(name + "down_proj", size.Hidden, size.Intermediate);
        return names.HasGateLayer
            ? new FeedForward(Half("up_proj"), size.Activation, down) { GateLayer = Half("gate_proj") }
            : new FeedForward(
                new DenseLayer(name + "up_gate_proj", 2 * size.Intermediate, size.Hidden, HasBias: false), size.Activation, down, Gate.ActivatesSecond);

        DenseLayer Half(string part) => new(name + part, size.Intermediate, size.Hidden, HasBias: false);
    }

    private static NormLayer Norm(string name, EncoderSizes size) => new(name, size.Hidden, size.Epsilon);

    /// <summary>What its tensors are called by, and whether the gate is a layer of its own.</summary>
    private sealed record Names(
        string Prefix, string Root, string Layer, string Attention, string AttentionNorm, string FeedForwardNorm, string HeadNorm, bool HasGateLayer);
}
