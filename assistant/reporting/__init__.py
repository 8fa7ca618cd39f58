"""绩效自评报告: one form or a unit's whole year told in seven sections, with tables and charts, every figure bound to a fact."""
