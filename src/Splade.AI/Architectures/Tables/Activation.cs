namespace Splade.AI.Architectures.Tables;

/// <summary>The functions between layers.</summary>
internal enum Activation
{
    /// <summary>x/2 (1 + erf(x / sqrt 2)).</summary>
    Gelu,

    /// <summary>x/2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x<sup>3</sup>))).</summary>
    GeluTanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>x sigmoid(1.702 x).</summary>
    QuickGelu,

    /// <summary>tanh x.</summary>
    Tanh,
}
