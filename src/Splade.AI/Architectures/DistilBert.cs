using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>DistilBERT (Sanh et al., 2019): BERT without token types, under other names.</summary>
internal static class DistilBert
{
    private static readonly EncoderSizes Base = new(30522, 768, 6, 12, 3072, Activation.Gelu, 1e-12);

    private static readonly string[] Projections = ["q_lin", "k_lin", "v_lin"];

    private static readonly EncoderKeys Keys = new()
    {
        Hidden = "dim",
        Layers = "n_layers",
        Heads = "n_heads",
        Intermediate = "hidden_dim",
        Activation = "activation",
        Epsilon = null,
    };

    public static Architecture Describe(ModelConfig config)
    {
        Requirements.RequireNoCode(config);
        config.Expect("position_embedding_type", "absolute");
        config.ExpectNothing("rope_scaling");

        // Sines or not, the table of the positions is in the file.
        config.Find("sinusoidal_pos_embds");
        config.Rename("hidden_size", Keys.Hidden);
        config.Rename("num_attention_heads", Keys.Heads);
        config.Rename("num_hidden_layers", Keys.Layers);
        EncoderSizes size = EncoderSizes.Read(config, Keys, Base);
        return new Architecture
        {
            Prefixes = ["distilbert."],
            Roots = ["embeddings", "transformer"],
            Embeddings = new EmbeddingSum(new LookupTable("embeddings.word_embeddings", size.Vocabulary, size.Hidden), Norm("embeddings.LayerNorm", size))
            {
                Position = new LookupTable("embeddings.position_embeddings", config.Count("max_position_embeddings", 512), size.Hidden),
            },
            Layers = [.. Enumerable.Range(0, size.Layers).Select(i => Layer($"transformer.layer.{i}.", size))],
            MaskedHead = new MaskedHead(
                ["vocab_"],
                new DenseLayer("vocab_transform", size.Hidden, size.Hidden),
                size.Activation,
                Norm("vocab_layer_norm", size),
                new LookupTable("vocab_projector", size.Vocabulary, size.Hidden),
                ["vocab_projector.bias"],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(
                ["classifier.", "pre_classifier."], new DenseLayer("pre_classifier", size.Hidden, size.Hidden), Activation.Relu, "classifier"),
        };
    }

    private static EncoderLayer Layer(string name, EncoderSizes size) => new(
        new SelfAttention(
            [.. Projections.Select(part => new DenseLayer($"{name}attention.{part}", size.Hidden, size.Hidden))],
            new DenseLayer(name + "attention.out_lin", size.Hidden, size.Hidden),
            size.Heads),
        Norm(name + "sa_layer_norm", size),
        new FeedForward(
            new DenseLayer(name + "ffn.lin1", size.Intermediate, size.Hidden),
            size.Activation,
            new DenseLayer(name + "ffn.lin2", size.Hidden, size.Intermediate)),
        Norm(name + "output_layer_norm", size));

    private static NormLayer Norm(string name, EncoderSizes size) => new(name, size.Hidden, size.Epsilon);
}
