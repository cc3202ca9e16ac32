using System.Text.Json;
using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>GTE (Zhang et al., 2024), whose files call it "new": BERT with rotary positions and gated feed-forward.</summary>
internal static class Gte
{
    private static readonly EncoderSizes Base = new(30528, 768, 12, 12, 3072, Activation.Gelu, 1e-12);

    private static readonly string[] Projections = ["q_proj", "k_proj", "v_proj"];

    public static Architecture Describe(ModelConfig config)
    {
        // The code that its files name is this model's.
        config.Find("auto_map");
        config.Expect("position_embedding_type", "rope");
        config.Expect("layer_norm_type", "layer_norm");
        config.ExpectFalse("logn_attention_scale");
        foreach (string name in new[] { "logn_attention_clip1", "unpad_inputs", "use_memory_efficient_attention", "max_position_embeddings" })
        {
            config.Find(name);
        }

        EncoderSizes size = EncoderSizes.Read(config, new EncoderKeys(), Base);
        int types = config.Count("type_vocab_size", 1, least: 0);
        return new Architecture
        {
            Prefixes = ["new."],
            Roots = ["embeddings", "encoder", "pooler"],
            Embeddings = new EmbeddingSum(new LookupTable("embeddings.word_embeddings", size.Vocabulary, size.Hidden), Norm("embeddings.LayerNorm", size))
            {
                Type = types > 0 ? new LookupTable("embeddings.token_type_embeddings", types, size.Hidden) : null,
            },
            Layers = Layers(config, size),
            MaskedHead = new MaskedHead(
                ["lm_head."],
                new DenseLayer("lm_head.dense", size.Hidden, size.Hidden),
                size.Activation,
                Norm("lm_head.norm", size),
                new LookupTable("lm_head.decoder", size.Vocabulary, size.Hidden),
                ["lm_head.decoder.bias"],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(
                ["classifier.", "pooler."], new DenseLayer("pooler.dense", size.Hidden, size.Hidden), Activation.Tanh, "classifier"),
        };
    }

    private static IReadOnlyList<EncoderLayer> Layers(ModelConfig config, EncoderSizes size)
    {
        RotaryAngles rotary = Rotary(config, size);
        bool isPacked = config.Flag("pack_qkv", fallback: true);
        return [.. Enumerable.Range(0, size.Layers).Select(i => Layer($"encoder.layer.{i}."))];

        EncoderLayer Layer(string name) => new(
            new SelfAttention(
                isPacked
                    ? [new DenseLayer(name + "attention.qkv_proj", 3 * size.Hidden, size.Hidden)]
                    : [.. Projections.Select(part => new DenseLayer($"{name}attention.{part}", size.Hidden, size.Hidden))],
                new DenseLayer(name + "attention.o_proj", size.Hidden, size.Hidden),
                size.Heads)
            {
                Rotary = rotary,
            },
            Norm(name + "attn_ln", size),
            new FeedForward(
                new DenseLayer(name + "mlp.up_gate_proj", 2 * size.Intermediate, size.Hidden, HasBias: false),
                size.Activation,
                new DenseLayer(name + "mlp.down_proj", size.Hidden, size.Intermediate),
                Gate.ActivatesSecond),
            Norm(name + "mlp_ln", size));
    }

    private static RotaryAngles Rotary(ModelConfig config, EncoderSizes size)
    {
        const string Name = "rope_scaling";
        double theta = config.Positive("rope_theta", 10_000);
        if (size.HeadWidth % 2 != 0)
        {
            throw config.Refusal("num_attention_heads", "heads of an even width, for rotary positions");
        }

        if (config.Find(Name) is not JsonElement scaling)
        {
            return RotaryAngles.Of(theta, size.HeadWidth);
        }

        // The published code scales its table as soon as it is made, so that texts of every length are turned by the scaled angles.
        bool isKnown = scaling.ValueKind == JsonValueKind.Object && scaling.EnumerateObject().All(member => member.Name switch
        {
            "type" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == "ntk",
            "factor" => true,
            _ => member.Value.ValueKind == JsonValueKind.Null,
        });
        if (!isKnown || !scaling.TryGetProperty("factor", out JsonElement written) || config.Positive(Name, written) is not (> 1 and double factor))
        {
            throw config.Refusal(Name, "the type 'ntk' and a factor above 1");
        }

        return RotaryAngles.Of(theta * factor, size.HeadWidth, Math.Pow(factor, 2.0 / size.HeadWidth));
    }

    private static NormLayer Norm(string name, EncoderSizes size) => new(name, size.Hidden, size.Epsilon);
}
