using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>BERT (Devlin et al., 2018): learned positions, the norm after each sum.</summary>
internal static class Bert
{
    private static readonly EncoderSizes Base = new(30522, 768, 12, 12, 3072, Activation.Gelu, 1e-12);

    private static readonly string[] Projections = ["query", "key", "value"];

    public static Architecture Describe(ModelConfig config)
    {
        Requirements.RequireNoCode(config);
        EncoderSizes size = ReadSizes(config, Base);
        return new Architecture
        {
            Prefixes = ["bert."],
            Roots = ["embeddings", "encoder", "pooler"],
            Embeddings = Embeddings(config, size, types: 2) with { FeedsTypes = true },
            Layers = Layers(size),
            MaskedHead = new MaskedHead(
                ["cls.predictions."],
                new DenseLayer("cls.predictions.transform.dense", size.Hidden, size.Hidden),
                size.Activation,
                Norm("cls.predictions.transform.LayerNorm", size),
                new LookupTable("cls.predictions.decoder", size.Vocabulary, size.Hidden),
                ["cls.predictions.decoder.bias", "cls.predictions.bias"],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(
                ["classifier.", "pooler."], new DenseLayer("pooler.dense", size.Hidden, size.Hidden), Activation.Tanh, "classifier"),
        };
    }

    /// <summary>The sizes under the names that BERT's relatives have kept.</summary>
    public static EncoderSizes ReadSizes(ModelConfig config, EncoderSizes defaults)
    {
        config.Expect("position_embedding_type", "absolute");
        config.ExpectNothing("rope_scaling");
        return EncoderSizes.Read(config, new EncoderKeys(), defaults);
    }

    /// <summary>Words, positions and types.</summary>
    public static EmbeddingSum Embeddings(ModelConfig config, EncoderSizes size, int types) =>
        new(new LookupTable("embeddings.word_embeddings", size.Vocabulary, size.Hidden), Norm("embeddings.LayerNorm", size))
        {
            Position = new LookupTable("embeddings.position_embeddings", config.Count("max_position_embeddings", 512), size.Hidden),
            Type = new LookupTable("embeddings.token_type_embeddings", config.Count("type_vocab_size", types), size.Hidden),
        };

    public static IReadOnlyList<EncoderLayer> Layers(EncoderSizes size) =>
        [.. Enumerable.Range(0, size.Layers).Select(i => Layer($"encoder.layer.{i}.", size))];

    private static EncoderLayer Layer(string name, EncoderSizes size) => new(
        new SelfAttention(
            [.. Projections.Select(part => new DenseLayer($"{name}attention.self.{part}", size.Hidden, size.Hidden))],
            new DenseLayer(name + "attention.output.dense", size.Hidden, size.Hidden),
            size.Heads),
        Norm(name + "attention.output.LayerNorm", size),
        new FeedForward(
            new DenseLayer(name + "intermediate.dense", size.Intermediate, size.Hidden),
            size.Activation,
            new DenseLayer(name + "output.dense", size.Hidden, size.Intermediate)),
        Norm(name + "output.LayerNorm", size));

    private static NormLayer Norm(string name, EncoderSizes size) => new(name, size.Hidden, size.Epsilon);
}
